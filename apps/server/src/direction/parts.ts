import type { CapabilityRequest } from '../capabilities/index.ts';

/** What a direction can ask for. */
export type DirectionPart =
  | 'background'
  | 'outfit'
  | 'person'
  | 'series'
  | 'style'
  | 'light'
  | 'framing'
  | 'makeup'
  | 'hair'
  | 'brand'
  | 'wishes'
  | 'garment words'
  | 'style picture';

/** These decide the subject of a picture: an engine does them or the job fails. All others are style, and may end as a warning. */
const decisive: ReadonlySet<DirectionPart> = new Set(['background', 'outfit', 'person']);

/** The parts that a request asks for; those that decide its subject, and those that are a matter of style. */
export function partsAsked(request: CapabilityRequest): {
  readonly decisive: readonly DirectionPart[];
  readonly stylistic: readonly DirectionPart[];
} {
  const direction = 'direction' in request ? (request.direction ?? {}) : {};
  const { background, outfit, person, persona, style, light, framing } = direction;
  const { makeup, hair, brand, wishes } = direction;
  const tryOn = request.capability === 'try-on' ? request : null;
  const asked: [DirectionPart, unknown][] = [
    ['background', background],
    ['outfit', outfit],
    ['person', person],
    ['series', persona],
    ['style', style],
    ['light', light],
    ['framing', framing],
    ['makeup', makeup],
    ['hair', hair],
    ['brand', brand],
    ['wishes', wishes],
    ['garment words', tryOn?.garmentWords],
    ['style picture', tryOn?.images.style],
  ];
  const parts = asked.filter(([, wish]) => wish !== undefined).map(([part]) => part);
  return {
    decisive: parts.filter((part) => decisive.has(part)),
    stylistic: parts.filter((part) => !decisive.has(part)),
  };
}

/** One sentence for every wish of style that an engine has not followed. */
export function styleWarnings(
  request: CapabilityRequest,
  follows: ReadonlySet<DirectionPart>,
): string[] {
  return partsAsked(request)
    .stylistic.filter((part) => !follows.has(part))
    .map(
      (part) => `The ${part} of the request could not be followed by the engine that made this.`,
    );
}
