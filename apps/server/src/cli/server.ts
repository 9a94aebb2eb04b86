import type { Command } from 'commander';
import { readConfig } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { exitOnSurprise } from '../wiring/process.ts';

export function addServerCommands(program: Command): void {
  program
    .command('start')
    .description('start the server, with a worker in the same process')
    .action(async () => {
      const { serve } = await import('../main.ts');
      await serve(options());
      process.exit();
    });
  program
    .command('worker')
    .description('start a worker without a server, on the same database and storage')
    .action(async () => {
      const { work } = await import('../worker.ts');
      await work(options());
      process.exit();
    });
}

function options() {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel });
  exitOnSurprise(logger);
  return { config, logger, say: (message: string) => void process.stdout.write(`${message}\n`) };
}
