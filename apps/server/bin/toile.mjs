#!/usr/bin/env node
// `npx toile`: runs the command line on the Node that comes with the project, whatever Node npx itself runs on.
// Plain JavaScript, because the host's Node may be too old for TypeScript.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setUp } from '../../../scripts/setup.mjs';

const commandLine = fileURLToPath(new URL('../src/cli/toile.ts', import.meta.url));

setUp();
if (Number(process.versions.node.split('.')[0]) >= 24) await import('../src/cli/toile.ts');
else runOnBundledNode();

function runOnBundledNode() {
  const child = spawn(bundledNode(), [commandLine, ...process.argv.slice(2)], { stdio: 'inherit' });
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
