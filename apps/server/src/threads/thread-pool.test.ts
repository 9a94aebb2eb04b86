import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createThreadPool } from './thread-pool.ts';

describe('a thread pool', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'toile-threads-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const poolOf = async (name: string, source: string) => {
    const file = path.join(folder, `${name}.mjs`);
    await writeFile(file, source);
    return createThreadPool({ module: pathToFileURL(file), threads: 1, idleAfter: 1000 });
  };

  it('carries out tasks and passes on what they throw', async () => {
    const pool = await poolOf(
      'double',
      'export default (n) => { if (n < 0) throw new Error("below"); return 2 * n; };',
    );
    await expect(pool.run(21)).resolves.toBe(42);
    await expect(pool.run(-1)).rejects.toThrow('below');
    await expect(pool.run(4)).resolves.toBe(8);
    await pool.close();
  });

  it('fails the task, not the process, when a thread cannot start, and tries again with the next', async () => {
    const pool = await poolOf('missing', 'import "./nowhere.mjs"; export default () => 1;');
    await expect(pool.run(1)).rejects.toThrow('a thread ended by itself');
    await expect(pool.run(1)).rejects.toThrow('a thread ended by itself');
    await pool.close();
  });

  it('fails the task when its thread ends in the middle of it, and serves the next', async () => {
    const pool = await poolOf(
      'exit',
      'export default (n) => { if (n === 0) process.exit(1); return n; };',
    );
    await expect(pool.run(0)).rejects.toThrow();
    await expect(pool.run(7)).resolves.toBe(7);
    await pool.close();
  });

  it('holds on to no answer that it has given', async () => {
    const pool = await poolOf('bytes', 'export default (n) => new Uint8Array(n);');
    const answers: WeakRef<object>[] = [];
    for (let k = 1; k <= 5; k++) {
      const answer = await pool.run(k * 1000);
      if (typeof answer === 'object' && answer) answers.push(new WeakRef(answer));
    }
    // The last answer may still lie on the stack.
    setFlagsFromString('--expose-gc');
    await setImmediate();
    runInNewContext('gc')();
    const kept = answers.slice(0, 4).filter((answer) => answer.deref() !== undefined);
    expect(answers).toHaveLength(5);
    expect(kept).toHaveLength(0);
    await pool.close();
  });
});
