import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where PostgreSQL listens: in a folder that holds its Unix socket, or on a loopback port when that is null. */
export interface Endpoint {
  readonly socketFolder: string | null;
  readonly port: number;
}

/** Which user a program runs as; empty means ours. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Postmaster {
  readonly pid: number;
  readonly endpoint: Endpoint;
}

/**
 * What `postmaster.pid` says: pid, data folder, start time, port, socket folder, address, one a line.
 * PostgreSQL writes the later lines while it starts, so that a fresh file may hold fewer: null until they are there.
 */
export async function readPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder] = text.split('\n');
  if (!pid || !port) return null;
  return {
    pid: Number(pid),
    endpoint: { socketFolder: socketFolder?.trim() || null, port: Number(port) },
  };
}

/** Whether this pid is still the server of this folder, and not a program that was given its number since. */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  const commandLine = await readCommandLine(pid);
  return commandLine.includes('postgres') && commandLine.includes(dataFolder);
}

async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.replaceAll('\0', ' ');
  }
  return runProgram('ps', ['-ww', '-o', 'args=', '-p', String(pid)], {}).catch(() => '');
}

/** Runs a program to its end and gives its standard output; a non-zero exit throws with what it said. */
export function runProgram(
  program: string,
  args: readonly string[],
  identity: Identity,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...identity, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${code}: ${complaint.trim() || output.trim()}`));
    });
  });
}
