import type { DialectRequest, Endpoint, Reply } from '../dialect.ts';
import { contracts } from './contracts.ts';
import { createOnce } from './idempotent.ts';
import type { KeyView, ToileDependencies } from './ports.ts';
import { notFound, problem } from './problems.ts';
import { readBody } from './read-json.ts';
import type { ToileSettings } from './settings.ts';
import {
  createKeySchema,
  createTokenSchema,
  createWebhookEndpointSchema,
} from './wire/resources.ts';

/**
 * Keys, tokens and webhook endpoints: what only a key that was made for `admin` may touch. Such a key may make keys of any
 * scope, as that is what it is for.
 */
export function keyEndpoints(
  {
    accounts,
    webhookEndpoints,
    replies,
  }: Pick<ToileDependencies, 'accounts' | 'webhookEndpoints' | 'replies'>,
  { limits }: ToileSettings,
): Endpoint[] {
  const once = createOnce(replies);

  const createKey = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const read = readBody(request, createKeySchema);
      if (!read.ok) return read.reply;
      const { name, scopes } = read.value;
      const { key, secret } = await accounts.createKey(request.principal.accountId, name, scopes);
      return { status: 201, body: { ...renderKey(key), secret } };
    });

  const createToken = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const read = readBody(request, createTokenSchema);
      if (!read.ok) return read.reply;
      const { scopes, seconds } = read.value;
      const token = await accounts.createToken(request.principal, scopes, seconds);
      return {
        status: 201,
        body: {
          id: token.id,
          token: token.secret,
          scopes: token.scopes,
          expiresAt: token.expiresAt.toISOString(),
        },
      };
    });

  const createEndpoint = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const read = readBody(request, createWebhookEndpointSchema);
      if (!read.ok) return read.reply;
      const made = await webhookEndpoints.create(request.principal.accountId, read.value.url);
      if (made === null) {
        return problem('limit-reached', 'An account may have 10 webhook endpoints; remove one.');
      }
      return { status: 201, body: { ...renderEndpoint(made.endpoint), secret: made.secret } };
    });

  const managing = { bucket: 'manage', limit: limits.manage, scope: 'admin' } as const;
  return [
    {
      ...managing,
      name: 'list-keys',
      method: 'GET',
      path: '/toile/v1/keys',
      contract: contracts.keys,
      async handle({ principal }) {
        const keys = await accounts.listKeys(principal.accountId);
        return { status: 200, body: { keys: keys.map(renderKey) } };
      },
    },
    {
      ...managing,
      name: 'create-key',
      method: 'POST',
      path: '/toile/v1/keys',
      contract: contracts.createKey,
      handle: createKey,
    },
    {
      ...managing,
      name: 'revoke-key',
      method: 'DELETE',
      path: '/toile/v1/keys/:id',
      contract: contracts.deleteKey,
      async handle({ principal, parameters }) {
        const revoked = await accounts.revokeKey(principal.accountId, parameters['id'] ?? '');
        return revoked ? { status: 204, body: undefined } : notFound('key in use');
      },
    },
    {
      ...managing,
      name: 'create-token',
      method: 'POST',
      path: '/toile/v1/tokens',
      contract: contracts.createToken,
      handle: createToken,
    },
    {
      ...managing,
      name: 'list-webhook-endpoints',
      method: 'GET',
      path: '/toile/v1/webhook-endpoints',
      contract: contracts.endpoints,
      async handle({ principal }) {
        const endpoints = await webhookEndpoints.list(principal.accountId);
        return { status: 200, body: { endpoints: endpoints.map(renderEndpoint) } };
      },
    },
    {
      ...managing,
      name: 'create-webhook-endpoint',
      method: 'POST',
      path: '/toile/v1/webhook-endpoints',
      contract: contracts.createEndpoint,
      handle: createEndpoint,
    },
    {
      ...managing,
      name: 'delete-webhook-endpoint',
      method: 'DELETE',
      path: '/toile/v1/webhook-endpoints/:id',
      contract: contracts.deleteEndpoint,
      async handle({ principal, parameters }) {
        const removed = await webhookEndpoints.remove(principal.accountId, parameters['id'] ?? '');
        return removed ? { status: 204, body: undefined } : notFound('webhook endpoint');
      },
    },
  ];
}

const renderKey = (key: KeyView) => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
});

const renderEndpoint = (endpoint: {
  readonly id: string;
  readonly url: string;
  readonly createdAt: Date;
}) => ({ id: endpoint.id, url: endpoint.url, createdAt: endpoint.createdAt.toISOString() });
