#!/usr/bin/env node
// `npx toile`: runs the command line on the Node that comes with the project, whatever Node npx itself runs on.
// Plain JavaScript, because the host's Node may be too old for TypeScript.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  environment,
  forget,
  isNew,
  nodeArguments,
  restart,
  suitableNode,
} from '../../../scripts/node-settings.mjs';
import { setUp } from '../../../scripts/setup.mjs';

setUp();
if (isNew()) {
  restart();
  forget();
  await import('../src/cli/toile.ts');
} else {
  runOn(suitableNode());
}

function runOn(node) {
  if (node === null) {
    console.error(
      `Toile needs Node 24. This is Node ${process.versions.node}, and none is installed beside it.`,
    );
    process.exit(1);
  }
  const program = fileURLToPath(import.meta.url);
  const child = spawn(node, [...nodeArguments, program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: environment(),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 1);
  });
}
