import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Bucket } from '../ledger/ledger.ts';
import { firstAccount, withBooks } from './account.ts';
import { table } from './table.ts';

export function addCreditsCommand(program: Command): void {
  const credits = program
    .command('credits')
    .description('show and grant credits of the first account');
  credits.command('show').description('show what is left').action(show);
  credits
    .command('grant')
    .description('add credits')
    .argument('<amount>', 'credits, with up to three decimals', parseAmount)
    .addOption(
      new Option('--bucket <bucket>', 'where to add them; subscription credits are spent first')
        .choices(['on-demand', 'subscription'])
        .default('on-demand'),
    )
    .option('--reason <text>', 'why, for the ledger', 'granted from the command line')
    .action((milliCredits: number, options: { bucket: Bucket; reason: string }) =>
      grant(milliCredits, options),
    );
}

function parseAmount(text: string): number {
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError(
      'It must be a number above 0 with up to three decimals, such as 250 or 0.5.',
    );
  }
  return Math.round(Number(text) * 1000);
}

async function grant(
  milliCredits: number,
  { bucket, reason }: { bucket: Bucket; reason: string },
): Promise<void> {
  await withBooks(async ({ accounts, ledger }) => {
    const { id } = await firstAccount(accounts);
    await ledger.grant(id, bucket, milliCredits, reason);
  });
  await show();
}

async function show(): Promise<void> {
  const { subscription, onDemand, held } = await withBooks(async ({ accounts, ledger }) =>
    ledger.balance((await firstAccount(accounts)).id),
  );
  const rows = [
    ['subscription', inCredits(subscription)],
    ['on demand', inCredits(onDemand)],
    ['held by unfinished jobs', inCredits(held)],
  ];
  process.stdout.write(table(['credits', ''], rows));
}

const inCredits = (milliCredits: number): string =>
  (milliCredits / 1000).toLocaleString('en', { maximumFractionDigits: 3 });
