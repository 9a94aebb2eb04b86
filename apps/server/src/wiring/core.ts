import { createAccounts, type Accounts } from '../accounts/accounts.ts';
import { createPinning, type Pinning } from '../accounts/pinning.ts';
import { type Addresses, createAddresses } from '../assets/addresses.ts';
import { createLocalStore } from '../assets/local-store.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/open.ts';
import type { EngineCatalog } from '../dialects/toile/index.ts';
import type { Engine } from '../engines/engine.ts';
import { verdictOn } from '../engines/router.ts';
import { createMediaThreads, type MediaThreads } from '../intake/media-threads.ts';
import { createAnswers } from '../jobs/answers.ts';
import { type Artifacts, createArtifacts } from '../jobs/artifacts.ts';
import { createEngineHealth } from '../jobs/engine-health.ts';
import { createExpectations } from '../jobs/expectations.ts';
import { createJobs } from '../jobs/jobs.ts';
import type { Answers, Expectations, JobRequests, Jobs, Replies } from '../jobs/port.ts';
import { createReplies } from '../jobs/replies.ts';
import { createJobRequests } from '../jobs/requests.ts';
import { createSignals, type Signals } from '../jobs/signals.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createUsage, type Usage } from '../ledger/usage.ts';
import type { Preflights } from '../preflights/port.ts';
import { createPreflights } from '../preflights/preflights.ts';
import type { Previews } from '../previews/port.ts';
import { createPreviews } from '../previews/previews.ts';
import { createRosterPictures, type RosterPictures } from '../roster/pictures.ts';
import type { Roster } from '../roster/port.ts';
import { createRoster } from '../roster/roster.ts';
import { createSamples, type Samples } from '../samples/samples.ts';
import { createSeal, type Seal } from '../secrets/seal.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createUploadTickets, type UploadTickets } from '../uploads/tickets.ts';
import { createUploads, defaultUploadLimits, type UploadStore } from '../uploads/uploads.ts';
import { createWebhookEndpoints, type WebhookEndpoints } from '../webhooks/endpoints.ts';
import { connectDatabase } from './database.ts';
import { openHttpIntake } from './http-intake.ts';
import { keptSigningSecret } from './signing-secret.ts';
import { createEngines } from './stages.ts';

/** What API and worker share, each process its own. */
export interface Core {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly addresses: Addresses;
  readonly accounts: Accounts;
  readonly ledger: Ledger;
  readonly pinning: Pinning;
  readonly artifacts: Artifacts;
  /** Everything that has a signed address: outputs of jobs, and pictures of saved models. */
  readonly pictures: Artifacts;
  readonly roster: Roster;
  readonly rosterPictures: RosterPictures;
  readonly requests: JobRequests;
  readonly answers: Answers;
  readonly signals: Signals;
  readonly jobs: Jobs;
  readonly samples: Samples;
  readonly seal: Seal;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly usage: Usage;
  readonly replies: Replies;
  readonly expectations: Expectations;
  readonly uploads: UploadStore;
  readonly uploadTickets: UploadTickets;
  /** In the order in which they are preferred. They load nothing before their first job. */
  readonly engines: readonly Engine[];
  readonly engineCatalog: EngineCatalog;
  /** Reads and writes picture files for all. */
  readonly media: MediaThreads;
  readonly preflights: Preflights;
  readonly previews: Previews;
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
    const addresses = createAddresses({ publicUrl: config.publicUrl, secret });
    const artifacts = createArtifacts({ database });
    const rosterPictures = createRosterPictures({ database });
    const pictures: Artifacts = {
      find: async (id) => (await artifacts.find(id)) ?? (await rosterPictures.find(id)),
    };
    const samples = createSamples();
    const uploadTickets = createUploadTickets({ publicUrl: config.publicUrl, secret });
    const engines = createEngines(config);
    const media = createMediaThreads();
    const sources = { store, addresses, artifacts: pictures, samples };
    const httpIntake = openHttpIntake(config, sources, media);
    return {
      database,
      store,
      addresses,
      accounts: createAccounts({ database }),
      ledger: createLedger({ database }),
      pinning: createPinning({ database }),
      artifacts,
      pictures,
      rosterPictures,
      roster: createRoster({ database, store, addresses, files: httpIntake.intake }),
      requests: createJobRequests({ database }),
      answers: createAnswers({ database }),
      signals,
      jobs: createJobs({ database, store, signals, logger }),
      samples,
      seal,
      webhookEndpoints: createWebhookEndpoints({ database, seal }),
      usage: createUsage({ database }),
      replies: createReplies({ database, seal }),
      expectations: createExpectations({ database }),
      uploadTickets,
      uploads: createUploads({
        database,
        store,
        tickets: uploadTickets,
        limits: { ...defaultUploadLimits, ...config.uploads },
      }),
      engines,
      media,
      previews: createPreviews({ threads: media, intake: httpIntake.intake, addresses }),
      preflights: createPreflights({ engines, intake: httpIntake.intake }),
      engineCatalog: catalogOf(engines, createEngineHealth({ database })),
      async close() {
        await Promise.all([httpIntake.close(), media.close()]);
        await signals.stop();
        await connected.close();
      },
    };
  } catch (error) {
    await connected.close();
    throw error;
  }
}

/** What is told of engines to those who ask. */
export const catalogOf = (
  engines: readonly Engine[],
  health: EngineCatalog['health'],
): EngineCatalog => ({
  engines: engines.map(({ name, version, licence = null, capabilities, aiModels = [] }) => ({
    name,
    version,
    licence,
    capabilities,
    aiModels,
  })),
  judge: (request) => verdictOn(engines, request),
  health,
});
