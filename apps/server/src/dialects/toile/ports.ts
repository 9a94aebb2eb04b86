import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { Result } from '../../failures/failure.ts';
import type { Balance, Expectations, Jobs, MilliCredits, Replies } from '../../jobs/port.ts';
import type { Preflights } from '../../preflights/port.ts';
import type { Previews } from '../../previews/port.ts';
import type { Roster } from '../../roster/port.ts';
import type { Uploads } from '../../uploads/port.ts';

/** What this dialect needs of the server, each as small as it can be. */
export interface ToileDependencies {
  readonly jobs: Pick<
    Jobs,
    'submit' | 'submitBatch' | 'find' | 'list' | 'waitFor' | 'cancel' | 'watch'
  >;
  readonly expectations: Expectations;
  readonly replies: Replies;
  readonly ledger: { balance(accountId: string): Promise<Balance> };
  readonly usage: Usage;
  readonly accounts: Accounts;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly uploads: Uploads;
  readonly roster: Roster;
  readonly engines: EngineCatalog;
  readonly preflights: Preflights;
  readonly previews: Previews;
  /** Whether the account takes no other model than the one that it asks for. */
  readonly pinning: {
    isPinned(accountId: string): Promise<boolean>;
    pin(accountId: string, pinned: boolean): Promise<void>;
  };
}

interface Usage {
  byDay(
    accountId: string,
    from: string,
    to: string,
  ): Promise<
    readonly {
      readonly day: string;
      readonly capability: string | null;
      readonly keyId: string;
      readonly jobs: number;
      readonly succeeded: number;
      readonly failed: number;
      readonly canceled: number;
      readonly charged: MilliCredits;
    }[]
  >;
}

export interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

interface Accounts {
  account(
    accountId: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly createdAt: Date } | null>;
  createKey(
    accountId: string,
    name: string,
    scopes: readonly string[],
  ): Promise<{ readonly key: KeyView; readonly secret: string }>;
  listKeys(accountId: string): Promise<readonly KeyView[]>;
  revokeKey(accountId: string, id: string): Promise<boolean>;
  createToken(
    owner: { readonly accountId: string; readonly keyId: string },
    scopes: readonly string[],
    seconds: number,
  ): Promise<{
    readonly id: string;
    readonly secret: string;
    readonly scopes: readonly string[];
    readonly expiresAt: Date;
  }>;
}

interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly createdAt: Date;
}

interface WebhookEndpoints {
  create(
    accountId: string,
    url: string,
  ): Promise<{ readonly endpoint: WebhookEndpoint; readonly secret: string } | null>;
  list(accountId: string): Promise<readonly WebhookEndpoint[]>;
  remove(accountId: string, id: string): Promise<boolean>;
}

export interface EngineView {
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
  readonly capabilities: readonly string[];
  readonly aiModels: readonly string[];
}

export interface EngineHealth {
  readonly succeeded: number;
  readonly failed: number;
}

/** The engines that this server knows, in the order in which they are preferred. */
export interface EngineCatalog {
  readonly engines: readonly EngineView[];
  /** Whether any of them takes such a request, judged without pictures; the reason otherwise. */
  judge(request: CapabilityRequest): Result<null>;
  /** The attempts of the last hour, by engine. */
  health(): Promise<ReadonlyMap<string, EngineHealth>>;
}
