import { expect, it } from 'vitest';
import { handOver } from './hand-over.ts';
import type { Pixels, SeenPerson, Task } from './tasks.ts';

const picture = (...data: number[]): Pixels => ({
  width: 1,
  height: 1,
  channels: 3,
  data: Uint8Array.from(data),
});

const reading = (planes: Uint8Array): SeenPerson => ({
  image: { data: Uint8Array.of(7, 8, 9) },
  planes,
  doubts: [],
});

function dressing(): Extract<Task, { kind: 'dress' }> {
  const seen = { ...reading(Uint8Array.of(0, 255)), kind: { value: 'top' } };
  return {
    kind: 'dress',
    person: picture(1, 2, 3),
    wearer: reading(Uint8Array.of(255, 0)),
    garments: [{ seen, photo: picture(4, 5, 6) }],
    wear: {},
    seeds: [1],
  };
}

it('hands over all that a task needs, and leaves every picture to who asked', () => {
  const asked = dressing();
  const { task, given } = handOver(asked);
  const received = structuredClone(task, { transfer: [...given] });
  expect(received).toEqual(dressing());
  expect(asked.person.data).toEqual(Uint8Array.of(1, 2, 3));
  expect(asked.garments[0].photo.data).toEqual(Uint8Array.of(4, 5, 6));
  expect(asked.wearer.image.data).toEqual(Uint8Array.of(7, 8, 9));
});

it('moves the planes of readings, but not the memory around them that is somebody else’s', () => {
  const asked = dressing();
  const pool = Uint8Array.of(1, 2, 3, 4);
  const wearer = reading(pool.subarray(1, 3));
  const { task, given } = handOver({ ...asked, wearer });
  structuredClone(task, { transfer: [...given] });
  expect(asked.garments[0].seen.planes).toHaveLength(0);
  expect(pool).toEqual(Uint8Array.of(1, 2, 3, 4));
});
