import type { Accounts, NewKey } from '../accounts/accounts.ts';

/** What the account of a first start may spend. */
export const firstCredits = 1_000;

/** Makes the first account with a key of this name; null when there is an account already. */
export function createFirstAccount(accounts: Accounts, keyName: string): Promise<NewKey | null> {
  return accounts.createFirstAccount({
    name: 'first account',
    keyName,
    milliCredits: firstCredits * 1000,
  });
}
