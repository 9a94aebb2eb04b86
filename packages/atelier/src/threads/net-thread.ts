import { loadNets } from '../nets/load-nets.ts';
import type { NetName, NetRunner } from '../nets/runner.ts';

let nets: NetRunner | undefined;

/** What a thread with nets does: runs one of them. Each is loaded when it is asked first, and kept as long as the thread. */
export default async function run({
  net,
  input,
}: {
  readonly net: NetName;
  readonly input: Float32Array;
}): Promise<readonly Float32Array[]> {
  nets ??= loadNets();
  return await nets.run(net, input);
}
