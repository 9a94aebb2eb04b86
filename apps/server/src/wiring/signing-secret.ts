import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret that signs addresses, from `home/signing-secret`, made there (mode 0600) when missing. Processes that start
 * together agree on one: it is written whole under another name first, and only one of them can give it its own.
 */
export async function keptSigningSecret(home: string): Promise<Uint8Array> {
  const file = join(home, 'signing-secret');
  const kept = await readSecret(file);
  if (kept) return kept;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  await link(draft, file).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
  await rm(draft);
  const secret = await readSecret(file);
  if (!secret) throw new Error(`${file} does not hold a secret; remove it to have a new one made`);
  return secret;
}

async function readSecret(file: string): Promise<Uint8Array | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const secret = Buffer.from(text.trim(), 'hex');
  return secret.length >= 32 ? secret : null;
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';
