import type { RecognisedAddress } from '../assets/addresses.ts';
import type { ObjectStore } from '../assets/object-store.ts';
import type { ImageSource } from '../capabilities/image-source.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import type { PixelImage, PreparedImage } from '../engines/engine.ts';
import { type Result, succeed } from '../failures/failure.ts';
import { createDecoder } from './decoder.ts';
import { download } from './download.ts';
import type { FetchGuard } from './fetch-guard.ts';
import type { MediaThreads } from './media-threads.ts';
import { neededPixels } from './needed-pixels.ts';
import { refuse, subjectOf } from './problems.ts';
import { shareAll } from './shared-bytes.ts';
import { sniff } from './sniff.ts';

/** A file that was found to be a picture, as it came. */
export interface CheckedFile {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** Brings in the input pictures of a job. */
export interface Intake {
  /** Fetches one picture to be kept, and checks that it can be read. */
  load(wanted: {
    readonly source: ImageSource;
    /** As messages call it. */
    readonly subject: string;
    readonly accountId: string;
    readonly signal: AbortSignal;
  }): Promise<Result<CheckedFile>>;
  /** The same for bytes that are here already. */
  check(bytes: Uint8Array, subject: string, signal: AbortSignal): Promise<Result<CheckedFile>>;
  /** One picture in a small size, to be looked at by people. */
  glance(wanted: {
    readonly source: ImageSource;
    readonly accountId: string;
    readonly maxPixels: number;
  }): Promise<Result<PixelImage>>;
  /** Every picture of the request by input name, or the failure of the first that can not be had. Throws only when `signal` fires or storage breaks. */
  prepare(
    request: CapabilityRequest,
    accountId: string,
    signal: AbortSignal,
    /** Bytes that are here already and were not stored; null for a source that is none of them. */
    bytesOf?: (source: ImageSource) => Uint8Array | null,
  ): Promise<Result<Readonly<Record<string, PreparedImage>>>>;
}

export interface IntakeOptions {
  readonly fetchGuard: FetchGuard;
  readonly threads: MediaThreads;
  readonly store: ObjectStore;
  /** Tells addresses of this server's own pictures, which are read from storage and never fetched. */
  readonly addresses: { recognise(url: string): RecognisedAddress | null };
  /** Null for what does not exist or has expired. Whose it is, intake checks. */
  readonly artifacts: {
    find(artifactId: string): Promise<{ accountId: string; storageKey: string } | null>;
  };
  readonly samples: { read(name: string): Promise<Uint8Array | null> };
  /** Bytes that all pictures being decoded may take together. */
  readonly memory?: number;
}

/** To find out whether a file can be read, a small picture of it will do. */
const checkPixels = 256 * 256;

interface SourceFile {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

interface Wanted {
  readonly source: ImageSource;
  readonly subject: string;
  readonly accountId: string;
  readonly signal: AbortSignal;
}

export function createIntake(options: IntakeOptions): Intake {
  const { store, artifacts, samples, addresses, fetchGuard, threads, memory } = options;
  const decoder = createDecoder(memory === undefined ? { threads } : { threads, memory });

  async function readFile(wanted: Wanted): Promise<Result<SourceFile>> {
    const { source, subject } = wanted;
    switch (source.from) {
      case 'url':
        return await readUrl(source.url, wanted);
      case 'upload':
      case 'roster':
        return stored(await store.get(source.key), subject);
      case 'artifact':
        return await readArtifact(source.artifactId, wanted);
      case 'sample':
        return stored(await samples.read(source.name), subject);
    }
  }

  /** Dialects recognise our addresses at submit; one that comes here all the same is still never fetched. */
  async function readUrl(url: string, wanted: Wanted): Promise<Result<SourceFile>> {
    const own = addresses.recognise(url);
    if (own === null) {
      return await download(fetchGuard, { url, subject: wanted.subject, signal: wanted.signal });
    }
    switch (own.kind) {
      case 'artifact':
        return own.signed
          ? await readArtifact(own.artifactId, wanted)
          : refuse.gone(wanted.subject);
      case 'sample':
        return stored(await samples.read(own.name), wanted.subject);
      case 'other':
        return refuse.gone(wanted.subject);
    }
  }

  async function readArtifact(artifactId: string, wanted: Wanted): Promise<Result<SourceFile>> {
    const artifact = await artifacts.find(artifactId);
    if (artifact === null || artifact.accountId !== wanted.accountId) {
      return refuse.gone(wanted.subject);
    }
    return stored(await store.get(artifact.storageKey), wanted.subject);
  }

  async function checked(
    file: SourceFile,
    subject: string,
    signal: AbortSignal,
  ): Promise<Result<CheckedFile>> {
    const image = await decoder.decode({ ...file, subject, maxPixels: checkPixels }, signal);
    if (!image.ok) return image;
    const sniffed = sniff(file.bytes);
    if (sniffed.kind !== 'image') throw new Error('a picture was decoded and not recognised');
    return succeed({ bytes: file.bytes, mime: `image/${sniffed.format}` });
  }

  return {
    async load({ source, subject, accountId, signal }) {
      const file = await readFile({ source, subject, accountId, signal });
      return file.ok ? await checked(file.value, subject, signal) : file;
    },

    check: (bytes, subject, signal) =>
      checked({ bytes: shareAll([bytes]), contentType: null }, subject, signal),

    async glance({ source, accountId, maxPixels }) {
      const { signal } = new AbortController();
      const subject = 'image';
      const file = await readFile({ source, subject, accountId, signal });
      return file.ok ? await decoder.decode({ ...file.value, subject, maxPixels }, signal) : file;
    },

    async prepare(request, accountId, signal, bytesOf = () => null) {
      const prepared: Record<string, PreparedImage> = {};
      const outcomes = await Promise.all(
        Object.entries(request.images).map(async ([name, source]): Promise<Result<null>> => {
          if (source === undefined) return succeed(null);
          const subject = subjectOf(name);
          const bytes = bytesOf(source);
          const file =
            bytes === null
              ? await readFile({ source, subject, accountId, signal })
              : stored(bytes, subject);
          if (!file.ok) return file;
          signal.throwIfAborted();
          const maxPixels = neededPixels(request.capability, name);
          const image = await decoder.decode({ ...file.value, subject, maxPixels }, signal);
          if (!image.ok) return image;
          prepared[name] = image.value;
          return succeed(null);
        }),
      );
      return outcomes.find((outcome) => !outcome.ok) ?? succeed(prepared);
    },
  };
}

const stored = (bytes: Uint8Array | null, subject: string): Result<SourceFile> =>
  bytes === null ? refuse.gone(subject) : succeed({ bytes: shareAll([bytes]), contentType: null });
