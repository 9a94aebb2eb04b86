import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an artifact's address is made of. `name` ends in the real extension: `output_0.png`. */
export interface SignedArtifact {
  readonly artifactId: string;
  readonly name: string;
  /** When the artifact's retention ends; whole seconds count, rounded up. */
  readonly expiresAt: Date;
}

/** What an address turns out to be, judged by its form alone; whether the signature holds is a part of the answer. */
export type RecognisedAddress =
  | {
      readonly kind: 'artifact';
      readonly artifactId: string;
      readonly name: string;
      readonly expiresAt: Date;
      readonly signed: boolean;
    }
  | { readonly kind: 'sample'; readonly name: string }
  /** On our origin, but nothing that pictures are served from. */
  | { readonly kind: 'other' };

/** Makes and tells the addresses of pictures that this server serves itself. */
export interface Addresses {
  /** The same artifact always gets the same string. */
  sign(artifact: SignedArtifact): string;
  sample(name: string): string;
  /** Null when the address lies outside `publicUrl`. */
  recognise(url: string): RecognisedAddress | null;
  /** Judges the path parameters of a request for an artifact. */
  verify(parts: ArtifactPathParts): RecognisedAddress;
}

/** As they stand in `/artifacts/<artifactId>/<ticket>/<name>`, percent-decoded. */
export interface ArtifactPathParts {
  readonly artifactId: string;
  readonly ticket: string;
  readonly name: string;
}

export interface AddressOptions {
  /** Scheme, host, port and, behind a proxy, a path prefix; never taken from a request. */
  readonly publicUrl: string;
  /** 32 random bytes or more. */
  readonly secret: Uint8Array;
}

const ticketForm = /^(\d{1,12})-([A-Za-z0-9_-]{43})$/;
const nameForm = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

export function createAddresses({ publicUrl, secret }: AddressOptions): Addresses {
  const base = new URL(publicUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const absolute = (path: string): string => `${base.origin}${prefix}${path}`;

  const signatureOf = (artifactId: string, name: string, expires: number): string =>
    createHmac('sha256', secret)
      // Each part is free of line breaks or refused, so no two triples share a text.
      .update(`toile artifact 1\n${artifactId}\n${name}\n${expires}`)
      .digest('base64url');

  function verify({ artifactId, ticket, name }: ArtifactPathParts): RecognisedAddress {
    const form = ticketForm.exec(ticket);
    const [, expiry, signature] = form ?? [];
    if (expiry === undefined || signature === undefined) return { kind: 'other' };
    if (!nameForm.test(artifactId) || !nameForm.test(name)) return { kind: 'other' };
    const expected = Buffer.from(signatureOf(artifactId, name, Number(expiry)));
    return {
      kind: 'artifact',
      artifactId,
      name,
      expiresAt: new Date(Number(expiry) * 1000),
      signed: timingSafeEqual(expected, Buffer.from(signature)),
    };
  }

  return {
    verify,
    sign({ artifactId, name, expiresAt }) {
      const expires = Math.ceil(expiresAt.getTime() / 1000);
      for (const part of [artifactId, name]) {
        if (!nameForm.test(part))
          throw new Error(`not fit for an address: ${JSON.stringify(part)}`);
      }
      const ticket = `${expires}-${signatureOf(artifactId, name, expires)}`;
      return absolute(`/artifacts/${artifactId}/${ticket}/${name}`);
    },
    sample: (name) => absolute(`/samples/${encodeURIComponent(name)}`),
    recognise(url) {
      const parsed = URL.parse(url);
      if (parsed === null || parsed.origin !== base.origin) return null;
      if (!parsed.pathname.startsWith(`${prefix}/`)) return null;
      const segments = decodeSegments(parsed.pathname.slice(prefix.length + 1));
      const [kind, first, second, third] = segments;
      if (
        kind === 'samples' &&
        first !== undefined &&
        segments.length === 2 &&
        nameForm.test(first)
      ) {
        return { kind: 'sample', name: first };
      }
      if (kind !== 'artifacts' || segments.length !== 4) return { kind: 'other' };
      return verify({ artifactId: first ?? '', ticket: second ?? '', name: third ?? '' });
    },
  };
}

function decodeSegments(path: string): readonly string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}
