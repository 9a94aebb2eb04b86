import { giveBack, inRegion } from '@toile/memory';
import { type Net, openSession, type SessionOptions } from './session.ts';

export interface Source extends Omit<SessionOptions, 'model'> {
  /** What the net was read from; given back when it is loaded. */
  readonly files: readonly Uint8Array[];
  /** Writes the net as an ONNX file. */
  readonly write: () => Uint8Array;
}

/** Loads a net that has to be written for the runtime first. */
export async function loadNet({ files, write, ...session }: Source): Promise<Net> {
  const model = inRegion(write);
  try {
    return await openSession({ model, ...session });
  } finally {
    // A thread that does little else would hold on to several times the net's size until it collects its garbage.
    giveBack(...files, model);
  }
}
