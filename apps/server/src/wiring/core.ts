import { createAccounts, type Accounts } from '../accounts/accounts.ts';
import { type Addresses, createAddresses } from '../assets/addresses.ts';
import { createLocalStore } from '../assets/local-store.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/open.ts';
import { type Artifacts, createArtifacts } from '../jobs/artifacts.ts';
import { createJobs } from '../jobs/jobs.ts';
import type { Jobs } from '../jobs/port.ts';
import { createSignals, type Signals } from '../jobs/signals.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createSamples, type Samples } from '../samples/samples.ts';
import { createSeal, type Seal } from '../secrets/seal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createWebhookEndpoints, type WebhookEndpoints } from '../webhooks/endpoints.ts';
import { connectDatabase } from './database.ts';
import { keptSigningSecret } from './signing-secret.ts';

/** What API and worker share, each process its own. */
export interface Core {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly addresses: Addresses;
  readonly accounts: Accounts;
  readonly ledger: Ledger;
  readonly artifacts: Artifacts;
  readonly signals: Signals;
  readonly jobs: Jobs;
  readonly samples: Samples;
  readonly seal: Seal;
  readonly webhookEndpoints: WebhookEndpoints;
  close(): Promise<void>;
}

export async function openCore(
  config: Config,
  logger: Logger,
  say: (message: string) => void,
): Promise<Core> {
  const connected = await connectDatabase(config, say);
  const { database } = connected;
  try {
    const store = createLocalStore(config.storageFolder);
    const secret =
      config.signingSecret === null
        ? await keptSigningSecret(config.home)
        : Buffer.from(config.signingSecret);
    const seal = createSeal(secret);
    const signals = createSignals({ database, logger });
    await signals.start();
    return {
      database,
      store,
      addresses: createAddresses({ publicUrl: config.publicUrl, secret }),
      accounts: createAccounts({ database }),
      ledger: createLedger({ database }),
      artifacts: createArtifacts({ database }),
      signals,
      jobs: createJobs({ database, store, signals, logger }),
      samples: createSamples(),
      seal,
      webhookEndpoints: createWebhookEndpoints({ database, seal }),
      async close() {
        await signals.stop();
        await connected.close();
      },
    };
  } catch (error) {
    await connected.close();
    throw error;
  }
}
