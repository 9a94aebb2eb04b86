export { boxMean } from './box';

/** Where memory begins that the kernels do not need themselves. */
export function free(): usize {
  return __heap_base;
}
