import type { ImageSource } from '../capabilities/image-source.ts';
import type { Failure, Result } from '../failures/failure.ts';

/** A picture of a saved model. */
export interface RosterPicture {
  /** As a job takes it. */
  readonly source: ImageSource;
  /** As a client may look at it: signed, the same for a day at least. */
  readonly address: string;
}

/** A fashion model (a person) that an account has saved. */
export interface RosterModel {
  readonly id: string;
  /** No two models of an account share one. */
  readonly name: string;
  /** What the account says of this person; null for nothing. */
  readonly prompt: string | null;
  readonly portrait: RosterPicture;
  /** The same person from several sides. */
  readonly sheet: RosterPicture | null;
  readonly createdAt: Date;
}

/** A picture as a client gives it: bytes that came inside the request, or where to find it. */
export type GivenPicture =
  | { readonly bytes: Uint8Array }
  | { readonly source: Exclude<ImageSource, { readonly from: 'upload' }> };

export interface NewModel {
  /** 1 to 200 characters. */
  readonly name: string;
  readonly prompt: string | null;
  readonly portrait: GivenPicture;
  readonly sheet: GivenPicture | null;
}

export type RosterRefusal =
  /** A picture that can not be had or read; `role` says which. */
  | {
      readonly kind: 'picture';
      readonly role: 'portrait' | 'sheet';
      readonly failure: Failure;
    }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'full'; readonly limit: number };

/** The saved models of accounts. What is not the account's own does not exist for it. */
export interface Roster {
  /** Newest first. */
  list(accountId: string): Promise<readonly RosterModel[]>;
  find(accountId: string, id: string): Promise<RosterModel | null>;
  /** Those of `names` that the account has, by name. */
  findNamed(accountId: string, names: readonly string[]): Promise<ReadonlyMap<string, RosterModel>>;
  /** Fetches and checks the pictures, and keeps their bytes until the model is deleted. */
  create(accountId: string, model: NewModel): Promise<Result<RosterModel, RosterRefusal>>;
  /** Pictures included. False when there is no such model. */
  delete(accountId: string, id: string): Promise<boolean>;
}
