import type { Readable } from 'node:stream';

/** What is known of a stored object without reading it. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Both ends are included, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The bytes of an object as a stream; whoever opens it reads it to its end or destroys it. */
export interface OpenObject {
  /** Size of the whole object, also when only a range is read. */
  readonly bytes: number;
  readonly stream: Readable;
}

/**
 * Where bytes rest: a local folder, or a bucket.
 * Keys are relative paths with slashes (`artifacts/<account>/<id>.png`), made by us, never by a client; see `assertKey`.
 * A missing object is `null`, everything else that goes wrong throws.
 */
export interface ObjectStore {
  /** Returns once the bytes would survive a power cut. An older object of that key is replaced whole. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | null>;
  open(key: string, range?: ByteRange): Promise<OpenObject | null>;
  /** Deleting what is not there is no error, so that a sweep can be repeated. */
  delete(key: string): Promise<void>;
  /** Every object whose key starts with `prefix`, in no promised order. `prefix` ends at a slash or is empty. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Throws when objects can not be written, as a readiness check wants to know. */
  check(): Promise<void>;
}

const keySegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/**
 * Refuses, by throwing, a key that could leave the store's folder or mean different things in different stores.
 * Keys are built by us, so a bad one is a bug and not a client's mistake.
 */
export function assertKey(key: string): void {
  const segments = key.split('/');
  if (key.length > 512 || !segments.every((segment) => keySegment.test(segment))) {
    throw new Error(`not a storage key: ${JSON.stringify(key.slice(0, 120))}`);
  }
}
