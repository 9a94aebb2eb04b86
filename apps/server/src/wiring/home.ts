import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFile } from '../db/file-lock.ts';

/** Something that the person at the terminal has to change; its message is for them, and no stack is shown. */
export class StartProblem extends Error {}

export interface ServedHome {
  leave(): Promise<void>;
}

/** Claims a data folder for one server; a second one is told where the first can be reached. */
export async function serveHome(home: string, address: string): Promise<ServedHome> {
  await mkdir(home, { recursive: true });
  const lock = await lockFile(join(home, 'server.lock'), 0);
  const note = join(home, 'server.address');
  if (!lock) {
    const other = await readFile(note, 'utf8').catch(() => 'an address it has not told yet');
    throw new StartProblem(
      `${home} is already served, at ${other.trim()}. Stop that server first, or set TOILE_HOME to another folder.`,
    );
  }
  await writeFile(note, `${address} (process ${process.pid})\n`);
  return {
    async leave() {
      await rm(note, { force: true });
      lock.release();
    },
  };
}
