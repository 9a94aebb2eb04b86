import { move, transferableSymbol, valueSymbol } from 'piscina';
import { loadNets } from '../nets/load-nets.ts';
import type { NetName, NetRunner } from '../nets/runner.ts';
import { giveBack } from '@toile/memory';
import { bufferOf } from './ask-nets.ts';

let nets: NetRunner | undefined;

/**
 * What a thread with nets does: runs one of them. Each is loaded when it is asked first, and kept as long as the thread.
 * The lists of numbers that it answers with are handed over, not copied.
 */
export default async function run({
  net,
  input,
}: {
  readonly net: NetName;
  readonly input: Float32Array;
}): Promise<ReturnType<typeof move>> {
  nets ??= loadNets();
  try {
    const outputs = await nets.run(net, input);
    return move({ [transferableSymbol]: outputs.map(bufferOf), [valueSymbol]: outputs });
  } finally {
    giveBack(input);
  }
}
