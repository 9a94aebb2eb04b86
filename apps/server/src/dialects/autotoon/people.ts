import type { ImageSource } from '../../capabilities/image-source.ts';
import type { Roster, RosterModel } from '../../roster/port.ts';
import type { PictureTaker } from '../read-pictures.ts';
import type { Generate } from './wire.ts';

/** Somebody in an editorial picture, with the names of their pictures. */
export interface Person {
  readonly portrait: string | null;
  readonly sheet: string | undefined;
  readonly garments: readonly string[];
  readonly prompt: string | undefined;
  readonly pictures: readonly (readonly [name: string, source: ImageSource])[];
}

export type People =
  | {
      readonly kind: 'people';
      readonly people: readonly Person[];
      /** The field that each picture came in. */
      readonly fields: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'unknown-model'; readonly id: string }
  | { readonly kind: 'fault'; readonly sentence: string };

interface Given {
  readonly modelId: string | undefined;
  readonly imageUrl: string | undefined;
  readonly characterSheetUrl: string | undefined;
  readonly prompt: string | undefined;
  readonly clothing: readonly { readonly url: string; readonly field: string }[];
  /** Where it stands in the body: `models[0]`, or empty. */
  readonly place: string;
}

/**
 * Who is in the picture. `models` wins over `modelId`; a model with a picture of its own need not be saved. What is named at
 * the top is worn by everybody, besides what each model has.
 */
export async function peopleOf(
  body: Generate,
  accountId: string,
  roster: Pick<Roster, 'find'>,
  take: PictureTaker,
): Promise<People> {
  const given = givenPeople(body);
  const fault = faultOf(given);
  if (fault !== null) return { kind: 'fault', sentence: fault };
  const fields = new Map<string, string>();
  const people: Person[] = [];
  for (const [index, person] of given.entries()) {
    const id = person.imageUrl ? undefined : person.modelId;
    const saved = id === undefined ? null : await roster.find(accountId, id);
    if (id !== undefined && saved === null) return { kind: 'unknown-model', id };
    people.push(toPerson(person, saved, index + 1, take, fields));
  }
  return { kind: 'people', people, fields };
}

function givenPeople(body: Generate): Given[] {
  const shared = clothingAt(body.clothingImageUrls, 'clothingImageUrls');
  if (body.models !== undefined && body.models.length > 0) {
    return body.models.map((model, index) => {
      const place = `models[${index}]`;
      const own = clothingAt(model.clothingImageUrls, `${place}.clothingImageUrls`);
      const worn = new Set(own.map(({ url }) => url));
      return {
        modelId: model.modelId,
        imageUrl: model.imageUrl,
        characterSheetUrl: model.characterSheetUrl,
        prompt: model.prompt,
        clothing: [...own, ...shared.filter(({ url }) => !worn.has(url))],
        place,
      };
    });
  }
  if (body.modelId === undefined || body.modelId === '') return [];
  const nothing = { imageUrl: undefined, characterSheetUrl: undefined, prompt: undefined };
  return [{ ...nothing, modelId: body.modelId, clothing: shared, place: '' }];
}

const clothingAt = (urls: readonly string[] | undefined, field: string) =>
  (urls ?? []).map((url, index) => ({ url, field: `${field}[${index}]` }));

function faultOf(given: readonly Given[]): string | null {
  if (given.length === 0) return 'modelId is required unless models is given.';
  const nobody = given.find(({ modelId, imageUrl }) => !modelId && !imageUrl);
  if (nobody)
    return `${nobody.place}.modelId is required unless ${nobody.place}.imageUrl is given.`;
  const naked = given.find(({ clothing }) => clothing.length === 0);
  return naked === undefined
    ? null
    : `clothingImageUrls is required${naked.place === '' ? '' : `, at the top or in ${naked.place}`}; it must hold the address of a picture.`;
}

function toPerson(
  given: Given,
  saved: RosterModel | null,
  number: number,
  take: PictureTaker,
  fields: Map<string, string>,
): Person {
  const pictures: [string, ImageSource][] = [];
  const add = (
    name: string,
    field: string,
    source: ImageSource | undefined,
  ): string | undefined => {
    if (source === undefined) return undefined;
    pictures.push([name, source]);
    fields.set(name, field);
    return name;
  };
  const { place } = given;
  const portraitField = given.imageUrl ? `${place}.imageUrl` : `${place && `${place}.`}modelId`;
  const portrait = take.takeIfGiven(portraitField, given.imageUrl) ?? saved?.portrait.source;
  const sheet =
    take.takeIfGiven(`${place}.characterSheetUrl`, given.characterSheetUrl) ?? saved?.sheet?.source;
  return {
    portrait: add(`portrait-${number}`, portraitField, portrait) ?? null,
    sheet: add(`sheet-${number}`, `${place}.characterSheetUrl`, sheet),
    garments: given.clothing.flatMap(({ url, field }, index) => {
      const name = add(`garment-${number}-${index + 1}`, field, take.take(field, url));
      return name === undefined ? [] : [name];
    }),
    prompt: given.prompt ?? saved?.prompt ?? undefined,
    pictures,
  };
}
