import { classifyImageString } from '../../capabilities/image-string.ts';
import type { Roster } from '../../roster/port.ts';
import { isStorable } from '../fields.ts';
import { isRecord } from '../read-body.ts';
import type { SavedPictures } from '../read-pictures.ts';

/** No model has more picture inputs than this. */
const mostNames = 8;

/** The portraits of the saved models that a run names as `saved:NAME`, wherever in it; nothing is looked up when it names none. */
export async function savedPictures(
  json: unknown,
  accountId: string,
  roster: Pick<Roster, 'findNamed'>,
): Promise<SavedPictures> {
  const names = namesIn(json);
  if (names.length === 0) return new Map();
  const models = await roster.findNamed(accountId, names);
  return new Map([...models].map(([name, { portrait }]) => [name, portrait.source]));
}

function namesIn(json: unknown): string[] {
  if (!isRecord(json)) return [];
  const inputs = isRecord(json['inputs']) ? json['inputs'] : json;
  const names = Object.values(inputs).flatMap((value) => {
    if (typeof value !== 'string') return [];
    const image = classifyImageString(value);
    return image.form === 'saved' && isStorable(image.name) ? [image.name] : [];
  });
  return names.slice(0, mostNames);
}
