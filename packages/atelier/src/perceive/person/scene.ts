import type { Plane } from '../../pixels/image.ts';
import type { Body } from './body.ts';
import type { BodyClasses } from './body-classes.ts';
import type { View } from './views.ts';

/** A person at one size: body, matte and classes have the view's. */
export interface Scene {
  readonly view: View;
  readonly matte: Plane;
  readonly body: Body;
  readonly classes: BodyClasses;
}
