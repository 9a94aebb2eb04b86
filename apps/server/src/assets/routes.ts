import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Addresses } from './addresses.ts';
import { parseRange } from './byte-range.ts';
import type { ObjectStore } from './object-store.ts';

/** What the serving route must know of an artifact; whoever owns the artifacts table provides it. */
export interface ServedArtifact {
  readonly storageKey: string;
  readonly mime: string;
  readonly bytes: number;
  readonly expiresAt: Date;
}

export interface AssetRoutesOptions {
  readonly addresses: Addresses;
  readonly store: ObjectStore;
  /** Null when there is none, when its bytes are swept already, and for outputs that were never given an address. */
  readonly findArtifact: (artifactId: string) => Promise<ServedArtifact | null>;
  readonly now?: () => Date;
}

/** The name's extension is part of what is signed, but the type is decided by us alone and never sniffed by a browser. */
const servedTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'video/mp4',
]);

interface ArtifactRoute {
  Params: { artifactId: string; ticket: string; name: string };
}

/** Serves artifacts under their signed addresses to whoever holds one; no key is asked for. HEAD comes with GET. */
export const assetRoutes: FastifyPluginAsync<AssetRoutesOptions> = async (server, options) => {
  server.route<ArtifactRoute>({
    // HEAD by name: the one that Fastify derives from GET claims a length of 0 unless the body is opened.
    method: ['GET', 'HEAD'],
    url: '/artifacts/:artifactId/:ticket/:name',
    handler: (request, reply) => serveArtifact(options, request, reply),
  });
};

async function serveArtifact(
  { addresses, store, findArtifact, now = () => new Date() }: AssetRoutesOptions,
  request: FastifyRequest<ArtifactRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const address = addresses.verify(request.params);
  if (address.kind !== 'artifact' || !address.signed)
    return await refuse(reply, 404, 'no such artifact');
  if (address.expiresAt <= now()) return await refuse(reply, 410, 'this artifact has expired');
  const artifact = await findArtifact(address.artifactId);
  if (artifact === null) return await refuse(reply, 404, 'no such artifact');
  if (artifact.expiresAt <= now()) return await refuse(reply, 410, 'this artifact has expired');

  const { bytes } = artifact;
  const secondsLeft = Math.floor((address.expiresAt.getTime() - now().getTime()) / 1000);
  const etag = `"${address.artifactId}"`;
  reply.headers({
    'content-type': servedTypes.has(artifact.mime) ? artifact.mime : 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'content-disposition': `inline; filename="${address.name}"`,
    // The bytes under an address never change; they may be kept by the one who holds the address, until it ends.
    'cache-control': `private, max-age=${Math.max(0, secondsLeft)}, immutable`,
    'accept-ranges': 'bytes',
    etag,
  });
  if (request.headers['if-none-match'] === etag) return await reply.code(304).send();

  const range = request.method === 'HEAD' ? 'whole' : rangeOf(request, etag, bytes);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${bytes}`);
    return await refuse(reply, 416, 'the range lies outside the artifact');
  }
  if (range !== 'whole') {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  reply.header('content-length', range === 'whole' ? bytes : range.end - range.start + 1);
  if (request.method === 'HEAD') return await reply.send();
  const object = await store.open(artifact.storageKey, range === 'whole' ? undefined : range);
  if (object === null) {
    reply.removeHeader('content-length').removeHeader('content-range');
    return await refuse(reply, 404, 'no such artifact');
  }
  return await reply.send(object.stream);
}

/** `If-Range` with another tag asks for the whole. */
function rangeOf(
  request: FastifyRequest,
  etag: string,
  bytes: number,
): ReturnType<typeof parseRange> {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return 'whole';
  return parseRange(request.headers.range, bytes);
}

async function refuse(reply: FastifyReply, status: number, message: string): Promise<FastifyReply> {
  return await reply
    .code(status)
    .headers({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(`${message}\n`);
}
