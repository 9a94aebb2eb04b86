#!/usr/bin/env node
import { Command } from 'commander';
import { addCreditsCommand } from './credits.ts';
import { addDoctorCommand } from './doctor.ts';
import { addFallbackCommand } from './fallback.ts';
import { addInspectCommand } from './inspect.ts';
import { addKeysCommand } from './keys.ts';
import { addPictureCommands } from './pictures.ts';
import { explain } from './problems.ts';
import { addServerCommands } from './server.ts';

/**
 * The command line. Every command loads what it needs when it runs: `toile --help` should not wait for an HTTP server
 * or an imaging library.
 */
function createProgram(): Command {
  const program = new Command('toile')
    .description('A self-hosted server for fashion imagery, and its offline imaging engine.')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for what can be given)')
    .addHelpText(
      'after',
      `
Examples:
  toile start                                     serve on http://127.0.0.1:4040
  toile keys create shop                          print a new API key
  toile tryon person.jpg tee.jpg -o dressed.png   dress a person, without any server
  toile cutout shoe.jpg -o shoe.png               cut a product out of its background
  toile inspect person.jpg -o seen                draw what the engine sees in a picture

Settings are environment variables; "toile doctor" lists them.`,
    );
  addServerCommands(program);
  addKeysCommand(program);
  addCreditsCommand(program);
  addFallbackCommand(program);
  addDoctorCommand(program);
  addPictureCommands(program);
  addInspectCommand(program);
  return program;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  // Not only the code: a server that failed half-way through its start may still hold a port open.
  process.exit(1);
}
