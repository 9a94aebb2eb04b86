import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { readConfig } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { exitOnSurprise } from '../wiring/process.ts';

export function addServerCommands(program: Command): void {
  program
    .command('start')
    .description('start the server, with a worker in the same process')
    .action(async () => {
      const { serve } = await loadLean(() => import('../main.ts'));
      await serve(options());
      process.exit();
    });
  program
    .command('worker')
    .description('start a worker without a server, on the same database and storage')
    .action(async () => {
      const { work } = await loadLean(() => import('../worker.ts'));
      await work(options());
      process.exit();
    });
}

/**
 * Loads modules without letting the young generation grow. Node reads a package's whole package.json for every module
 * of it, which for the SQL library makes 150 MB of garbage in half a second; V8 would answer by making room for more,
 * and never give that room back.
 */
async function loadLean<Module>(load: () => Promise<Module>): Promise<Module> {
  setFlagsFromString('--semi-space-growth-factor=1');
  try {
    return await load();
  } finally {
    setFlagsFromString('--semi-space-growth-factor=2');
  }
}

function options() {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel });
  exitOnSurprise(logger);
  return { config, logger, say: (message: string) => void process.stdout.write(`${message}\n`) };
}
