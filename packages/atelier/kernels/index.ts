export { boxMean } from './box';
export { fillWithMean, pull, pullWeight, push } from './fill';
export { fit, invertCovariance, multiply } from './guided';
export { apply } from './guided-apply';
export { layBack } from './lay-back';
export { reduceBlocks } from './reduce-blocks';
export { stretch } from './stretch-planes';
export { setTaps } from './stretch';

/** Where memory begins that the kernels do not need themselves. */
export function free(): usize {
  return __heap_base;
}
