import { join } from 'node:path';
import { defaultPrices, type Prices } from '../prices/prices.ts';
import { nearestName } from '../failures/nearest-name.ts';
import { type SettingName, type SettingValue, settings } from './settings.ts';

/** What the environment said, checked once at start and frozen. */
export interface Config {
  /** Absolute folder. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Null: the embedded PostgreSQL in `home`. */
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
  /** Absolute folder of the object store. */
  readonly storageFolder: string;
  /** Null: the secret kept in `home`. */
  readonly signingSecret: string | null;
  readonly fetchAllow: readonly string[];
  /** Requests of one key; null = no limit. */
  readonly rates: {
    readonly run: SettingValue<'TOILE_RUN_RATE'>;
    readonly status: SettingValue<'TOILE_STATUS_RATE'>;
    readonly credits: SettingValue<'TOILE_CREDITS_RATE'>;
  };
  /** In place of the dialects' own limits, by `dialect.limit`. */
  readonly dialectRates: SettingValue<'TOILE_RATES'>;
  readonly http: {
    readonly bodyBytes: number;
    readonly bodyBudgetBytes: number;
    readonly wrongKeys: SettingValue<'TOILE_WRONG_KEY_RATE'>;
    readonly streams: number;
  };
  readonly corsOrigins: readonly string[];
  readonly uploads: { readonly quotaBytes: number; readonly hours: number };
  /** Unfinished jobs of one account in dialects that refuse further ones; null = no limit. */
  readonly accountConcurrency: number | null;
  /** The same where they wait in the queue. */
  readonly accountQueue: number | null;
  readonly prices: Prices;
  /** How long synchronous calls wait for their job. */
  readonly waitSeconds: number;
  readonly workerConcurrency: number;
  readonly drainSeconds: number;
  readonly logLevel: SettingValue<'LOG_LEVEL'>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting that can not be used, at once, in words for whoever set it. Values are never repeated: they may be secrets. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads the whole configuration; throws a `ConfigError` that names everything wrong with it. */
export function readConfig(environment: Environment): Config {
  const problems = unknownNames(environment);

  /** Null when the variable is not set and there is no default, or when it is unusable and the problem was noted. */
  const read = <Name extends SettingName>(name: Name): SettingValue<Name> | null => {
    const { schema, default: fallback } = settings[name];
    const text = given(environment, name) ?? fallback;
    if (text === null) return null;
    const parsed = schema.safeParse(text);
    // The table pairs each name with its own schema; TypeScript loses the pairing when it indexes by a type parameter.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (parsed.success) return parsed.data as SettingValue<Name>;
    problems.push(`${name} ${parsed.error.issues[0]?.message ?? 'can not be used'}`);
    return null;
  };

  const host = read('HOST') ?? '';
  const port = read('PORT') ?? 0;
  const home = read('TOILE_HOME') ?? '';
  const config: Config = {
    home,
    host,
    port,
    publicUrl: read('PUBLIC_URL') ?? ownAddress(host, port),
    databaseUrl: read('DATABASE_URL'),
    databaseConnections: read('TOILE_DATABASE_CONNECTIONS') ?? 0,
    storageFolder: read('STORAGE_URL') ?? join(home, 'storage'),
    signingSecret: read('TOILE_SIGNING_SECRET'),
    fetchAllow: Object.freeze(read('TOILE_FETCH_ALLOW') ?? []),
    rates: Object.freeze({
      run: read('TOILE_RUN_RATE'),
      status: read('TOILE_STATUS_RATE'),
      credits: read('TOILE_CREDITS_RATE'),
    }),
    dialectRates: read('TOILE_RATES') ?? new Map(),
    http: Object.freeze({
      bodyBytes: read('TOILE_BODY_MEGABYTES') ?? 0,
      bodyBudgetBytes: read('TOILE_BODY_BUDGET_MEGABYTES') ?? 0,
      wrongKeys: read('TOILE_WRONG_KEY_RATE'),
      streams: read('TOILE_STREAMS') ?? 0,
    }),
    corsOrigins: Object.freeze(read('TOILE_CORS_ORIGINS') ?? []),
    uploads: Object.freeze({
      quotaBytes: read('TOILE_UPLOAD_QUOTA_MEGABYTES') ?? 0,
      hours: read('TOILE_UPLOAD_HOURS') ?? 0,
    }),
    accountConcurrency: read('TOILE_ACCOUNT_CONCURRENCY'),
    accountQueue: read('TOILE_ACCOUNT_QUEUE'),
    prices: read('TOILE_PRICES') ?? defaultPrices,
    waitSeconds: read('TOILE_WAIT_SECONDS') ?? 0,
    workerConcurrency: read('TOILE_WORKER_CONCURRENCY') ?? 0,
    drainSeconds: read('TOILE_DRAIN_SECONDS') ?? 0,
    logLevel: read('LOG_LEVEL') ?? 'info',
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** A variable set to nothing counts as not set, as compose files leave them. */
export function given(environment: Environment, name: SettingName): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}

function unknownNames(environment: Environment): string[] {
  const known = Object.keys(settings);
  return Object.keys(environment)
    .filter((name) => name.startsWith('TOILE_') && !known.includes(name))
    .map((name) => `${name} is not a setting; did you mean ${nearestName(name, known)}?`);
}

/** Where a client on this machine finds a server that listens on `host`. */
function ownAddress(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
