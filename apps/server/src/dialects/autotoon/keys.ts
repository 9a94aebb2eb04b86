import type { DialectRequest, Reply } from '../dialect.ts';
import { readFields } from '../read-body.ts';
import { apiError } from './errors.ts';
import { newKeySchema } from './wire.ts';

interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The part of accounts that manages keys. */
export interface Keys {
  createKey(
    accountId: string,
    name: string,
  ): Promise<{ readonly key: KeyView; readonly secret: string }>;
  listKeys(accountId: string): Promise<readonly KeyView[]>;
  revokeKey(accountId: string, idOrPrefix: string): Promise<boolean>;
}

type Handler = (request: DialectRequest) => Promise<Reply>;

/** `/api/keys`, for keys that were made for it by name: an ordinary key may do everything else, but not make others. */
export function createKeyCalls(keys: Keys): Record<'list' | 'create' | 'revoke', Handler> {
  const forAdmins =
    (handle: Handler): Handler =>
    async (request) =>
      request.principal.scopes.includes('admin')
        ? await handle(request)
        : apiError(
            'FORBIDDEN',
            'Keys are managed with an admin key ("toile keys create NAME --admin").',
          );

  return {
    list: forAdmins(async ({ principal }) => {
      const all = await keys.listKeys(principal.accountId);
      const inUse = all.filter(({ revokedAt }) => revokedAt === null);
      return {
        status: 200,
        body: {
          keys: inUse.map((key) => ({
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
            createdAt: key.createdAt.toISOString(),
          })),
        },
      };
    }),

    create: forAdmins(async (request) => {
      const fields = readFields(request.body, newKeySchema);
      if (!fields.ok) return apiError('BAD_REQUEST', fields.failure);
      const { key, secret } = await keys.createKey(request.principal.accountId, fields.value.name);
      const { id, name, prefix, createdAt } = key;
      return {
        status: 200,
        body: { id, key: secret, name, prefix, createdAt: createdAt.toISOString() },
      };
    }),

    revoke: forAdmins(async ({ principal, parameters }) => {
      const revoked = await keys.revokeKey(principal.accountId, parameters['id'] ?? '');
      return revoked
        ? { status: 200, body: { success: true } }
        : apiError('NOT_FOUND', 'No key in use has this id.');
    }),
  };
}
