import type { Direction } from './direction.ts';
import type { CapabilityRequest } from './index.ts';

/** Everything that a caller asks for in words of their own, wherever it stands in the request; what is to be avoided is left out. */
export function wordsOf(request: CapabilityRequest): readonly string[] {
  return [
    'prompt' in request ? request.prompt : undefined,
    'garmentWords' in request ? request.garmentWords : undefined,
    ...('people' in request ? request.people.map((person) => person.prompt) : []),
    ...('direction' in request && request.direction ? wordsIn(request.direction) : []),
  ].filter((words) => words !== undefined);
}

function wordsIn(direction: Direction): (string | undefined)[] {
  const { style, background, outfit, makeup, hair, brand, wishes, light, person } = direction;
  return [
    style,
    background,
    outfit,
    makeup,
    hair,
    brand,
    wishes,
    light?.position,
    light?.color,
    person?.gender,
    person?.age,
    person?.ethnicity,
  ];
}
