import type { PackedGarment, PackedPerson } from './readings/pack.ts';
import type { Inspection, Pixels, Task } from './tasks.ts';

/** The tasks as imaging threads see them: readings whole. */
export type ThreadTask =
  | Exclude<Task, { kind: 'dress' }>
  | (Omit<Extract<Task, { kind: 'dress' }>, 'wearer' | 'cloth'> & {
      readonly wearer: PackedPerson;
      readonly cloth: PackedGarment;
    });

export type ThreadAnswer = PackedPerson | PackedGarment | readonly Pixels[] | Pixels | Inspection;
