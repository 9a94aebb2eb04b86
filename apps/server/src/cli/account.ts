import type { Account, Accounts } from '../accounts/accounts.ts';
import type { Pinning } from '../accounts/pinning.ts';
import { readConfig } from '../config/config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { CommandProblem } from './problems.ts';

interface Books {
  readonly accounts: Accounts;
  readonly ledger: Ledger;
  readonly pinning: Pinning;
}

/** Does something with accounts and leaves the database as it was found: running, or stopped again. */
export async function withBooks<Value>(task: (books: Books) => Promise<Value>): Promise<Value> {
  const config = readConfig(process.env);
  const [{ connectDatabase }, { createAccounts }, { createPinning }, { createLedger }] =
    await Promise.all([
      import('../wiring/database.ts'),
      import('../accounts/accounts.ts'),
      import('../accounts/pinning.ts'),
      import('../ledger/ledger.ts'),
    ]);
  const connected = await connectDatabase(
    config,
    (message) => void process.stderr.write(`${message}\n`),
  );
  const { database } = connected;
  try {
    return await task({
      accounts: createAccounts({ database }),
      ledger: createLedger({ database }),
      pinning: createPinning({ database }),
    });
  } finally {
    await connected.close();
  }
}

export async function firstAccount(accounts: Accounts): Promise<Account> {
  const account = await accounts.firstAccount();
  if (!account)
    throw new CommandProblem(
      'There is no account yet. "toile start" or "toile keys create NAME" makes the first one.',
    );
  return account;
}
