import type { Assignment, SeenGarment, SeenPerson, SeenWithPhoto, Task } from './tasks.ts';

/** What goes to another thread, and the memory that goes with it. */
interface HandedOver {
  readonly task: Assignment['task'];
  readonly given: readonly ArrayBuffer[];
}

/**
 * A task with memory of its own: pictures are copied, planes of readings go along, and nobody else has them any more. The
 * thread gives all of it back when the task ends. What two threads look at would stay until both have collected their
 * garbage, which threads that do the engine's work seldom do: 55 MB of strangers' photos between two pictures.
 */
export function handOver(task: Task): HandedOver {
  const given: ArrayBuffer[] = [];
  const copied = <Picture extends { readonly data: Uint8Array }>(picture: Picture): Picture => {
    const data = new Uint8Array(picture.data);
    given.push(data.buffer);
    return { ...picture, data };
  };
  const read = <Seen extends SeenPerson | SeenGarment>(reading: Seen): Seen => {
    const planes = alone(reading.planes);
    given.push(planes.buffer);
    return { ...reading, image: copied(reading.image), planes };
  };
  const withPhoto = ({ seen, photo }: SeenWithPhoto): SeenWithPhoto => ({
    seen: read(seen),
    photo: copied(photo),
  });
  switch (task.kind) {
    case 'read-person':
      return { task: { ...task, person: copied(task.person) }, given };
    case 'read-garment':
      return { task: { ...task, garment: copied(task.garment) }, given };
    case 'dress': {
      const [person, wearer] = [copied(task.person), read(task.wearer)];
      return { task: { ...task, person, wearer, garments: task.garments.map(withPhoto) }, given };
    }
    case 'check': {
      const [wearer, garments] = [read(task.wearer), task.garments.map(read)];
      return { task: { ...task, wearer, garments }, given };
    }
    case 'cut-out':
    case 'inspect':
      return { task: { ...task, image: copied(task.image) }, given };
  }
}

/** The same bytes where they have a buffer for themselves, else a copy. */
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  isOnOwn(bytes) && bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);

const isOnOwn = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer;
