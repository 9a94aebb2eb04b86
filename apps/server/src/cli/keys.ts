import type { Command } from 'commander';
import type { KeyView } from '../accounts/accounts.ts';
import { createFirstAccount } from '../wiring/first-account.ts';
import { firstAccount, withBooks } from './account.ts';
import { CommandProblem } from './problems.ts';
import { table } from './table.ts';

export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('make, list and revoke API keys of the first account');
  keys
    .command('create')
    .description('print a new key; it can not be shown again')
    .argument('<name>', 'what the key is for, as it will be listed')
    .option('--admin', 'for a key that manages other keys, and does nothing else')
    .action((name: string, { admin = false }: { admin?: boolean }) => create(name, admin));
  keys.command('list').description('list the keys, without their secrets').action(list);
  keys
    .command('revoke')
    .description('refuse a key from now on')
    .argument('<key>', 'the prefix or the id that "keys list" shows')
    .action((key: string) => revoke(key));
}

/** The key stands alone on standard output, so that `KEY=$(toile keys create shop)` works. */
async function create(name: string, admin: boolean): Promise<void> {
  const secret = await withBooks(async ({ accounts }) => {
    const made = await createFirstAccount(accounts, name);
    if (made && !admin) return made.secret;
    const { id } = await firstAccount(accounts);
    return (await accounts.createKey(id, name, admin ? ['admin'] : ['*'])).secret;
  });
  process.stdout.write(`${secret}\n`);
}

async function list(): Promise<void> {
  const keys = await withBooks(async ({ accounts }) =>
    accounts.listKeys((await firstAccount(accounts)).id),
  );
  process.stdout.write(table(['key', 'name', 'created', 'last used', 'state'], keys.map(rowOf)));
}

const rowOf = (key: KeyView): string[] => [
  key.prefix,
  key.name,
  when(key.createdAt),
  key.lastUsedAt ? when(key.lastUsedAt) : 'never',
  key.revokedAt ? `revoked ${when(key.revokedAt)}` : 'in use',
];

const when = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

async function revoke(key: string): Promise<void> {
  const revoked = await withBooks(async ({ accounts }) =>
    accounts.revokeKey((await firstAccount(accounts)).id, key),
  );
  if (!revoked)
    throw new CommandProblem(`There is no key ${key} in use; "toile keys list" shows them.`);
  process.stderr.write(`${key} is revoked.\n`);
}
