import { components, type Components } from './components.ts';
import { createMask, type Plane } from './image.ts';

/** What lies wholly within a shape and is not it. */
export interface Openings extends Components {
  /** By component: whether it is enclosed, and does not reach the border of the picture. */
  readonly enclosed: Uint8Array;
}

/** The openings of a shape: 4-connected components of what it covers by no more than half. */
export function openingsOf({ width, height, data }: Plane): Openings {
  const outside = createMask(width, height);
  for (let i = 0; i < outside.data.length; i++) outside.data[i] = data[i] > 0.5 ? 0 : 1;
  const { labels, areas } = components(outside);
  const enclosed = new Uint8Array(areas.length).fill(1);
  enclosed[0] = 0;
  for (let i = 0; i < labels.length; i++) {
    const x = i % width;
    const atBorder = x === 0 || x === width - 1 || i < width || i >= labels.length - width;
    if (atBorder) enclosed[labels[i]] = 0;
  }
  return { labels, areas, enclosed };
}
