import type { PackedGarment, PackedPerson } from './readings/pack.ts';
import type { Dressed, Inspection, Pixels, Problem, SeenWithPhoto, Task } from './tasks.ts';

type Dress = Extract<Task, { kind: 'dress' }>;
type Check = Extract<Task, { kind: 'check' }>;

/** The tasks as imaging threads see them: readings whole. */
export type ThreadTask =
  | Exclude<Task, Dress | Check>
  | (Omit<Dress, 'wearer' | 'garments'> & {
      readonly wearer: PackedPerson;
      readonly garments: readonly WithPhoto[];
    })
  | (Omit<Check, 'wearer' | 'garments'> & {
      readonly wearer: PackedPerson;
      readonly garments: readonly PackedGarment[];
    });

export type WithPhoto = Omit<SeenWithPhoto, 'seen'> & { readonly seen: PackedGarment };

export type ThreadAnswer =
  | PackedPerson
  | PackedGarment
  | Dressed
  | Pixels
  | Inspection
  | Problem
  | null;
