import { loadNets } from '../nets/load-nets.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { NetName, NetRunner } from '../nets/runner.ts';

let nets: NetRunner | undefined;
const used = new Set<NetName>();

/** What a thread with nets does: runs one of them. Each is loaded when it is asked first, and kept as long as the thread. */
export default async function run({
  net,
  input,
}: {
  readonly net: NetName;
  readonly input: Float32Array;
}): Promise<readonly Float32Array[]> {
  nets ??= loadNets();
  const outputs = await nets.run(net, input);
  // The first run has loaded the net, through some 100 MB of copies.
  if (!used.has(net)) setImmediate(collectGarbage);
  used.add(net);
  return outputs;
}
