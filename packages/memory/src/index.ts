export { weigh } from './ballast.ts';
export { letGo } from './let-go.ts';
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
} from './regions.ts';
