import { type Command, InvalidArgumentError } from 'commander';
import { firstAccount, withBooks } from './account.ts';

export function addFallbackCommand(program: Command): void {
  program
    .command('fallback')
    .description('let another engine step in for a model that is not there, or not')
    .argument('<on|off>', 'on, as it is at first: at the lower of the two prices', parseSwitch)
    .action(set);
}

function parseSwitch(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('It must be on or off.');
  return text === 'on';
}

async function set(allowed: boolean): Promise<void> {
  await withBooks(async ({ accounts, pinning }) => {
    await pinning.pin((await firstAccount(accounts)).id, !allowed);
  });
  process.stderr.write(
    allowed
      ? 'Other engines step in for models that are not there.\n'
      : 'A request for a model that is not there is refused.\n',
  );
}
