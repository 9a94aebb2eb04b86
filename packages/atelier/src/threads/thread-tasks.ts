import type { GarmentReading } from '../perceive/garment.ts';
import type { PersonReading } from '../perceive/person.ts';
import type { Pixels, Task } from './tasks.ts';

/** The tasks as imaging threads see them: readings whole. */
export type ThreadTask =
  | Exclude<Task, { kind: 'dress' }>
  | (Omit<Extract<Task, { kind: 'dress' }>, 'wearer' | 'cloth'> & {
      readonly wearer: PersonReading;
      readonly cloth: GarmentReading;
    });

export type ThreadAnswer = PersonReading | GarmentReading | readonly Pixels[] | Pixels;
