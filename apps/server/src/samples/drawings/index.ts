import { personSvg } from './person.ts';
import { teeSvg } from './tee.ts';

/** The drawings behind the sample pictures, as SVG; rendering one takes a second or two. */
export const drawings = { person: personSvg, tee: teeSvg } as const;
