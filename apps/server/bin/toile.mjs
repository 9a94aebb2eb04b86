#!/usr/bin/env node
// `npx toile`: runs the command line on the Node that comes with the project, whatever Node npx itself runs on.
// Plain JavaScript, because the host's Node may be too old for TypeScript.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setUp } from '../../../scripts/setup.mjs';

setUp();
if (Number(process.versions.node.split('.')[0]) < 24) runOnBundledNode();
else await runHere();

/** Compiled code is kept between runs: without it, each start strips the types again, which costs time and memory. */
async function runHere() {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/toile', import.meta.url)));
  await import('../src/cli/toile.ts');
}

function runOnBundledNode() {
  const child = spawn(bundledNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 1);
  });
}

function bundledNode() {
  const name = `node-${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/node`);
  } catch {
    console.error(
      `Toile needs Node 24. This is Node ${process.versions.node}, and ${name} is not installed.`,
    );
    process.exit(1);
  }
}
