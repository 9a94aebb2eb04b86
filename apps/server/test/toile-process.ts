import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/toile.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToileProcess {
  readonly child: ChildProcess;
  /** What it has written to standard output so far. */
  output(): string;
  /** Resolves once standard output holds the text; rejects when the process ends before. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** The command line as a process of its own. */
export function toile(args: readonly string[], environment: Record<string, string>): ToileProcess {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, stdout, stderr }));
  return {
    child,
    ended,
    output: () => stdout,
    async says(text) {
      let over = false;
      void ended.then(() => (over = true));
      while (!stdout.includes(text)) {
        if (over) throw new Error(`ended without saying ${text}: ${stdout}${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
    server.on('error', reject);
  });
}
