import type { Pixels } from './tasks.ts';
import type { ThreadAnswer } from './thread-tasks.ts';

/** The memory of an answer's pictures and planes, which goes along with it: what a thread kept would stay until it collects its garbage. */
export function memoryOf(answer: ThreadAnswer): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of arraysIn(answer)) {
    if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  }
  return [...buffers];
}

function arraysIn(answer: ThreadAnswer): readonly Uint8Array[] {
  if (answer === null || 'code' in answer) return [];
  if ('planes' in answer) return [answer.planes, answer.image.data];
  if ('images' in answer) return answer.images.map(dataOf);
  if ('data' in answer) return [answer.data];
  return [answer.person, answer.garment].flatMap(({ views }) =>
    views.map(({ picture }) => picture.data),
  );
}

const dataOf = ({ data }: Pixels): Uint8Array => data;
