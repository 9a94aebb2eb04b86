import type { IncomingMessage } from 'node:http';
import type { Reservation } from './byte-budget.ts';

export type ReadOutcome =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'over-budget' }
  /** The client went away or broke off; nobody is left to answer. */
  | { readonly kind: 'aborted' };

/** A body without a declared length is read into buffers of this size. */
const stepBytes = 256 * 1024;

/**
 * Reads a request body into one buffer of its own. A declared length is reserved and allocated at once (the pages are only
 * touched as bytes arrive), so that no large copy happens at the end; otherwise the buffer doubles.
 * When it gives up, what is still to come is left to be discarded by the connection.
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
  reservation: Reservation,
): Promise<ReadOutcome> {
  const declared = declaredLength(request);
  if (declared !== null && declared > limitBytes) return { kind: 'too-large' };
  const capacity = declared ?? stepBytes;
  if (!reservation.grow(capacity)) return { kind: 'over-budget' };
  return collect(request, limitBytes, reservation, new Uint8Array(capacity));
}

function declaredLength(request: IncomingMessage): number | null {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
}

function collect(
  request: IncomingMessage,
  limitBytes: number,
  reservation: Reservation,
  first: Uint8Array<ArrayBuffer>,
): Promise<ReadOutcome> {
  const { promise, resolve } = Promise.withResolvers<ReadOutcome>();
  let buffer = first;
  let length = 0;

  const finish = (outcome: ReadOutcome): void => {
    request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
    if (outcome.kind !== 'read') request.on('error', ignore).resume();
    resolve(outcome);
  };
  const onData = (chunk: Buffer): void => {
    const needed = length + chunk.byteLength;
    if (needed > limitBytes) return finish({ kind: 'too-large' });
    if (needed > buffer.byteLength) {
      const capacity = Math.min(limitBytes, Math.max(needed, buffer.byteLength * 2));
      if (!reservation.grow(capacity - buffer.byteLength)) return finish({ kind: 'over-budget' });
      const larger = new Uint8Array(capacity);
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(chunk, length);
    length = needed;
  };
  const onEnd = (): void => {
    finish({ kind: 'read', bytes: buffer.subarray(0, length) });
  };
  const onBroken = (): void => {
    finish({ kind: 'aborted' });
  };
  request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  return promise;
}

/** The request has been answered or given up; how its connection ends concerns nobody. */
function ignore(): void {}
