export { fixResizes } from './fix-resizes.ts';
export { neededFor } from './needed.ts';
export { readModel } from './read-model.ts';
export { splitConcats } from './split-concats.ts';
export { writeModel } from './write-model.ts';
