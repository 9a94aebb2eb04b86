/** A picture sent ahead of the jobs that use it. */
export interface Upload {
  readonly id: string;
  /** Whole size. */
  readonly bytes: number;
  /** Bytes that have arrived. */
  readonly received: number;
  /** By the first bytes; null until all are there. */
  readonly mime: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface UploadOwner {
  readonly accountId: string;
  readonly keyId: string;
  /** A token sees the uploads that were made with it. */
  readonly token?: boolean;
}

export type UploadProblem =
  | { readonly kind: 'over-quota'; readonly quota: number; readonly used: number }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-picture' };

export type UploadOutcome = { readonly kind: 'stored'; readonly upload: Upload } | UploadProblem;

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly upload: Upload }
  /** The bytes do not go on where the last ones ended. */
  | { readonly kind: 'wrong-offset'; readonly received: number }
  | { readonly kind: 'too-much'; readonly bytes: number }
  /** A piece that is not the last one is at least so large. */
  | { readonly kind: 'too-little'; readonly smallest: number }
  /** All bytes came and are no picture; the upload is deleted. */
  | { readonly kind: 'no-picture' }
  | { readonly kind: 'gone' };

export interface Uploads {
  put(owner: UploadOwner, bytes: Uint8Array): Promise<UploadOutcome>;
  /** Room for a picture that comes in pieces, to `address`, by whoever knows it. */
  begin(
    owner: UploadOwner,
    bytes: number,
  ): Promise<
    { readonly kind: 'begun'; readonly upload: Upload; readonly address: string } | UploadProblem
  >;
  /** Null for another's, and for one that has expired. */
  find(owner: UploadOwner, id: string): Promise<Upload | null>;
  remove(owner: UploadOwner, id: string): Promise<boolean>;
  /**
   * Where the complete uploads among `ids` are stored, by id; others are left out. They are kept for another hour at least,
   * so that a job that is submitted with them finds them.
   */
  use(
    owner: UploadOwner,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly key: string; readonly bytes: number }>>;
}
