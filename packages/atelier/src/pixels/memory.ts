/** Where the engine's planes come from, and how they go back. */
export {
  adopt,
  bytes,
  copyBytes,
  copyFloats,
  floats,
  giveBack,
  inRegion,
  inTaskRegion,
  integers,
} from '@toile/memory';
