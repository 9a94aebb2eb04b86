import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { contracts } from './contracts.ts';
import { createOnce } from './idempotent.ts';
import type { ToileDependencies } from './ports.ts';
import { inCredits } from './price.ts';
import { notFound, problem } from './problems.ts';
import { readBody, readValue } from './read-json.ts';
import type { ToileSettings } from './settings.ts';
import { changeAccountSchema, usageQuerySchema } from './wire/resources.ts';

const dayMs = 24 * 3600 * 1000;
/** A year, and a day for both ends. */
const mostDays = 366;

/** What an account has, has used, and is. */
export function accountEndpoints(
  {
    accounts,
    ledger,
    usage,
    pinning,
    replies,
  }: Pick<ToileDependencies, 'accounts' | 'ledger' | 'usage' | 'pinning' | 'replies'>,
  { limits }: ToileSettings,
): Endpoint[] {
  const once = createOnce(replies);

  const account = async ({ principal }: DialectRequest): Promise<Reply> => {
    const found = await accounts.account(principal.accountId);
    if (found === null) return notFound('account');
    const { id, name, createdAt } = found;
    const fallback = !(await pinning.isPinned(id));
    const { scopes } = principal;
    return {
      status: 200,
      body: { id, name, createdAt: createdAt.toISOString(), scopes, fallback },
    };
  };

  const change = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const read = readBody(request, changeAccountSchema);
      if (!read.ok) return read.reply;
      await pinning.pin(request.principal.accountId, !read.value.fallback);
      return await account(request);
    });

  const balance = async ({ principal }: DialectRequest): Promise<Reply> => {
    const { subscription, onDemand, held } = await ledger.balance(principal.accountId);
    return {
      status: 200,
      body: {
        available: inCredits(subscription + onDemand),
        subscription: inCredits(subscription),
        onDemand: inCredits(onDemand),
        held: inCredits(held),
      },
    };
  };

  const byDay = async ({ principal, query }: DialectRequest): Promise<Reply> => {
    const read = readValue(Object.fromEntries(query), usageQuerySchema);
    if (!read.ok) return read.reply;
    const to = read.value.to ?? dayOf(Date.now());
    const from = read.value.from ?? dayOf(Date.parse(to) - 30 * dayMs);
    const days = (Date.parse(to) - Date.parse(from)) / dayMs;
    if (days < 0 || days > mostDays) {
      return problem('invalid-request', `from must be at most ${mostDays} days before to.`);
    }
    const rows = await usage.byDay(principal.accountId, from, to);
    return {
      status: 200,
      body: { from, to, rows: rows.map((row) => ({ ...row, charged: inCredits(row.charged) })) },
    };
  };

  const reading = { method: 'GET', bucket: 'read', limit: limits.read, scope: 'read' } as const;
  return [
    {
      ...reading,
      name: 'account',
      path: '/toile/v1/account',
      contract: contracts.account,
      handle: account,
    },
    {
      name: 'change-account',
      method: 'POST',
      bucket: 'manage',
      limit: limits.manage,
      scope: 'admin',
      path: '/toile/v1/account',
      contract: contracts.changeAccount,
      handle: change,
    },
    {
      ...reading,
      name: 'balance',
      path: '/toile/v1/balance',
      contract: contracts.balance,
      handle: forKeys(balance),
    },
    {
      ...reading,
      name: 'usage',
      path: '/toile/v1/usage',
      contract: contracts.usage,
      handle: forKeys(byDay),
    },
  ];
}

/** What a visitor of a shop need not know of the shop. */
export const forKeys =
  (handle: (request: DialectRequest) => Promise<Reply>): Endpoint['handle'] =>
  async (request) =>
    request.principal.token === true
      ? problem('forbidden', 'Tokens may not see this; ask with an account key.')
      : handle(request);

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
