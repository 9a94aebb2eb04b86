import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parsePrices, type Prices } from '../prices/prices.ts';

interface Setting<Value> {
  /** As it would be written; null when it follows from other settings or from the machine. */
  readonly default: string | null;
  /** One sentence for README and `toile doctor`. */
  readonly meaning: string;
  readonly schema: z.ZodType<Value, string>;
}

const setting = <Value>(row: Setting<Value>): Setting<Value> => row;

const wholeNumber = (smallest: number, largest: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(smallest).max(largest));

const project = fileURLToPath(new URL('../../../../', import.meta.url));

const webAddress = z
  .string()
  .refine((text) => /^https?:$/.test(protocolOf(text)), 'must be an http or https address')
  .refine((text) => !/[?#]/.test(text), 'must have no query and no fragment')
  .transform((text) => text.replace(/\/+$/, ''));

const postgresAddress = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:$/.test(protocolOf(text)),
    'must begin with postgres:// or postgresql://',
  );

/** A typo in an address may carry a password, so messages never repeat the value. */
function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

const storageAddress = z
  .string()
  .refine(
    (text) => protocolOf(text) === 'file:' && new URL(text).host === '',
    'must be a file:// address with an absolute path; a bucket can not be used yet',
  )
  .transform((text) => fileURLToPath(text));

const rate = z
  .string()
  .regex(/^(none|[1-9]\d{0,8}\/[1-9]\d{0,4})$/, 'must be requests/seconds, such as 50/60, or none')
  .transform((text) => {
    if (text === 'none') return null;
    const [requests = 0, seconds = 0] = text.split('/').map(Number);
    return { requests, seconds };
  });

const priceFile = z.string().transform((path, context): Prices => {
  const read = parsePrices(textOf(resolve(project, path)));
  if (read.ok) return read.prices;
  context.addIssue({ code: 'custom', message: `is a file that ${read.fault}` });
  return z.NEVER;
});

/** A file that can not be read holds nothing, which is no JSON. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const megabytes = (smallest: number, largest: number): z.ZodType<number, string> =>
  wholeNumber(smallest, largest).transform((count) => count * 1024 * 1024);

const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine(
    (list) => list.every((text) => URL.canParse(text) && new URL(text).origin === text),
    'must be origins such as https://shop.example, separated by commas',
  );

/** `dialect.limit=requests/seconds`; which limits there are, only the dialects know. */
const dialectRates = z.string().transform((text, context) => {
  const rates = new Map<string, z.output<typeof rate>>();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [name = '', value = ''] = entry.split('=');
    const parsed = rate.safeParse(value);
    if (!parsed.success || !/^[a-z-]+\.[a-z-]+$/.test(name)) {
      context.addIssue({
        code: 'custom',
        message: 'must be limits such as toile.jobs=200/60, separated by commas',
      });
      return z.NEVER;
    }
    rates.set(name, parsed.data);
  }
  return rates;
});

const listOfWords = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

/**
 * Every setting of the server. All come from environment variables; this table is the only place that knows their
 * names, and README and `toile doctor` are held to it.
 */
export const settings = {
  TOILE_HOME: setting({
    default: '.toile',
    meaning:
      'Folder of everything the server keeps: the embedded database, pictures, the signing secret.',
    schema: z.string().transform((path) => resolve(project, path)),
  }),
  HOST: setting({
    default: '127.0.0.1',
    meaning: 'Address to listen on; `0.0.0.0` opens the server to the network.',
    schema: z.string().regex(/^[\w.:-]+$/, 'must be a host name or an IP address'),
  }),
  PORT: setting({
    default: '4040',
    meaning: 'Port to listen on.',
    schema: wholeNumber(1, 65_535),
  }),
  PUBLIC_URL: setting({
    default: null,
    meaning:
      'Address under which clients reach the server, put before every picture it names. Otherwise `http://HOST:PORT`.',
    schema: webAddress,
  }),
  DATABASE_URL: setting({
    default: null,
    meaning: 'A PostgreSQL (15 or later) to use in place of the embedded one.',
    schema: postgresAddress,
  }),
  TOILE_DATABASE_CONNECTIONS: setting({
    default: '20',
    meaning: 'Connections to the database that one process keeps at most.',
    schema: wholeNumber(2, 500),
  }),
  STORAGE_URL: setting({
    default: null,
    meaning:
      'Where pictures are stored, as `file:///absolute/folder`. Otherwise `TOILE_HOME/storage`.',
    schema: storageAddress,
  }),
  TOILE_SIGNING_SECRET: setting({
    default: null,
    meaning:
      'Signs the addresses of pictures; at least 32 characters. Otherwise made at first start and kept in `TOILE_HOME`.',
    schema: z.string().min(32, 'must have at least 32 characters'),
  }),
  TOILE_FETCH_ALLOW: setting({
    default: '',
    meaning:
      'Hosts and CIDR ranges, separated by commas, that pictures may be fetched from and webhooks sent to although they are private.',
    schema: listOfWords,
  }),
  TOILE_RUN_RATE: setting({
    default: '50/60',
    meaning: 'Jobs that one key may submit, as requests/seconds; `none` for no limit.',
    schema: rate,
  }),
  TOILE_STATUS_RATE: setting({
    default: '50/10',
    meaning: 'Status polls that one key may make, as requests/seconds; `none` for no limit.',
    schema: rate,
  }),
  TOILE_CREDITS_RATE: setting({
    default: '30/10',
    meaning: 'Balance requests that one key may make, as requests/seconds; `none` for no limit.',
    schema: rate,
  }),
  TOILE_RATES: setting({
    default: '',
    meaning:
      'Further limits of one key in place of the defaults, separated by commas, as `dialect.limit=requests/seconds`; `toile` has `toile.jobs`, `toile.read`, `toile.uploads`, `toile.manage` and `toile.preflights`.',
    schema: dialectRates,
  }),
  TOILE_WRONG_KEY_RATE: setting({
    default: '20/60',
    meaning: 'Wrong keys that one client address may send; `none` for no limit.',
    schema: rate,
  }),
  TOILE_CORS_ORIGINS: setting({
    default: '',
    meaning:
      'Origins, separated by commas, whose web pages may call with short-lived tokens; none by default.',
    schema: origins,
  }),
  TOILE_BODY_MEGABYTES: setting({
    default: '32',
    meaning: 'The largest request body.',
    schema: megabytes(1, 512),
  }),
  TOILE_BODY_BUDGET_MEGABYTES: setting({
    default: '256',
    meaning: 'Memory for all request bodies under way; one account may take half of it.',
    schema: megabytes(2, 65_536),
  }),
  TOILE_STREAMS: setting({
    default: '10000',
    meaning: 'Event streams that one process holds open; one account may have half of them.',
    schema: wholeNumber(2, 1_000_000),
  }),
  TOILE_UPLOAD_QUOTA_MEGABYTES: setting({
    default: '512',
    meaning: 'What the uploads of one account may come to until they expire.',
    schema: megabytes(1, 1_048_576),
  }),
  TOILE_UPLOAD_HOURS: setting({
    default: '24',
    meaning: 'How long an upload is kept.',
    schema: wholeNumber(1, 8760),
  }),
  TOILE_ACCOUNT_QUEUE: setting({
    default: '1000',
    meaning:
      'Unfinished jobs that one account may have in the dialect `toile`, where they wait in the queue; `none` for no limit.',
    schema: z.union([z.literal('none').transform(() => null), wholeNumber(1, 1_000_000)]),
  }),
  TOILE_ACCOUNT_CONCURRENCY: setting({
    default: '6',
    meaning:
      'Unfinished jobs that one account may have in dialects that refuse further ones; `none` for no limit.',
    schema: z.union([z.literal('none').transform(() => null), wholeNumber(1, 100_000)]),
  }),
  TOILE_PRICES: setting({
    default: null,
    meaning:
      'A JSON file with prices in place of the published ones, by dialect; what it leaves out stays as it is. See docs/prices.md.',
    schema: priceFile,
  }),
  TOILE_WAIT_SECONDS: setting({
    default: '120',
    meaning: 'How long a call of Auto Toon or of the selfie API waits for its picture.',
    schema: wholeNumber(1, 600),
  }),
  TOILE_WORKER_CONCURRENCY: setting({
    default: '2',
    meaning:
      'Jobs that one process works on at the same time. With `0`, `toile start` only answers HTTP and leaves the work to `toile worker`.',
    schema: wholeNumber(0, 64),
  }),
  TOILE_DRAIN_SECONDS: setting({
    default: '25',
    meaning: 'How long running jobs may go on after SIGTERM before they return to the queue.',
    schema: wholeNumber(0, 600),
  }),
  LOG_LEVEL: setting({
    default: 'info',
    meaning: 'How much is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  }),
};

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = z.output<(typeof settings)[Name]['schema']>;
