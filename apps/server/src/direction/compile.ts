import type { Direction } from '../capabilities/direction.ts';
import type { CapabilityRequest } from '../capabilities/index.ts';
import { openingOf } from './openings.ts';
import { backgrounds } from './presets/backgrounds.ts';
import { framings } from './presets/framing.ts';
import { lighting } from './presets/lighting.ts';
import { hairs, makeups } from './presets/looks.ts';
import { personas } from './presets/personas.ts';
import { styles } from './presets/styles.ts';
import { type Presets, presetOf } from './recipe.ts';
import { freshPhrases, tamed } from './words.ts';

/** What stands under one heading of a prompt: phrases of ours, and words of the caller's in quotation marks. */
interface Part {
  readonly ours?: string | undefined;
  readonly theirs?: string | undefined;
}

/**
 * The prompt that a request stands for, as a generative engine is told: an opening that says what to make, then one sentence a
 * heading. The same request always gives the same text. Nothing is said twice under one heading, nor among style, brand and
 * wishes. A caller's words stand between double quotes, which they can not contain; everything outside is ours.
 */
export function compilePrompt(request: CapabilityRequest): string {
  const direction = 'direction' in request ? (request.direction ?? {}) : {};
  const prompt = 'prompt' in request ? request.prompt : undefined;
  const garment = 'garmentWords' in request ? request.garmentWords : undefined;
  const sentences = [
    `${openingOf(request)}.`,
    ...sentencesOf(direction, garment, prompt),
    ...('people' in request ? peopleSentences(request.people) : []),
  ];
  return sentences.join(' ');
}

function sentencesOf(
  direction: Direction,
  garment: string | undefined,
  prompt: string | undefined,
): string[] {
  const { persona, style, background, light, framing, person, outfit } = direction;
  /** Hair may be red and so may lips: only what speaks of the whole picture is held against each other. */
  const whole = new Set<string>();
  const alone = (): Set<string> => new Set();
  return [
    sentence('Series', [{ ours: persona && personas[persona].words }], whole),
    sentence('Style', [known(styles, style)], whole),
    sentence('Background', [known(backgrounds, background)], alone()),
    sentence('Light', [{ ours: light?.preset && lighting[light.preset].words }], alone()),
    sentence('Light comes from', [{ theirs: light?.position }], alone()),
    sentence('Color of the light', [{ theirs: light?.color }], alone()),
    sentence('Framing', [{ ours: framing && framings[framing].words }], alone()),
    sentence('Gender of the person', [{ theirs: person?.gender }], alone()),
    sentence('Age of the person', [{ theirs: person?.age }], alone()),
    sentence('Ethnicity of the person', [{ theirs: person?.ethnicity }], alone()),
    sentence('Outfit', [{ theirs: outfit }], alone()),
    sentence('The garment is', [{ theirs: garment }], alone()),
    sentence('Makeup', [known(makeups, direction.makeup)], alone()),
    sentence('Hair', [known(hairs, direction.hair)], alone()),
    sentence('Brand', [{ theirs: direction.brand }], whole),
    sentence('Wishes of the client', [{ theirs: direction.wishes }, { theirs: prompt }], whole),
  ].filter((text) => text !== '');
}

function peopleSentences(people: readonly { readonly prompt?: string | undefined }[]): string[] {
  return people
    .map(({ prompt }, index) => sentence(`Person ${index + 1}`, [{ theirs: prompt }], new Set()))
    .filter((text) => text !== '');
}

/** The phrases of a preset, or the caller's own words where the name is none. */
function known(presets: Presets<unknown>, name: string | undefined): Part {
  if (name === undefined) return {};
  const preset = presetOf(presets, name);
  return preset === null ? { theirs: name } : { ours: preset.words };
}

/** Empty where nothing is left to say. */
function sentence(heading: string, parts: readonly Part[], seen: Set<string>): string {
  const said = parts.flatMap(({ ours, theirs }) => [
    ...freshPhrases(ours ?? '', seen),
    ...quoted(freshPhrases(tamed(theirs ?? ''), seen)),
  ]);
  return said.length === 0 ? '' : `${heading}: ${said.join(', ')}.`;
}

const quoted = (phrases: readonly string[]): string[] =>
  phrases.length === 0 ? [] : [`"${phrases.join(', ')}"`];
