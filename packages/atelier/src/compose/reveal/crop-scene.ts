import type { Scene } from '../scene.ts';
import { type Cut, cutImage, cutMask, cutPlane } from '../../pixels/cut.ts';

/** The same scene, of which only a box is looked at. */
export function cropScene(scene: Scene, cut: Cut): Scene {
  const [red, green, blue] = scene.colours;
  return {
    ...scene,
    origin: [scene.origin[0] + cut.left, scene.origin[1] + cut.top],
    image: cutImage(scene.image, cut),
    colours: [cutPlane(red, cut), cutPlane(green, cut), cutPlane(blue, cut)],
    matte: cutPlane(scene.matte, cut),
    skin: cutPlane(scene.skin, cut),
    arms: cutPlane(scene.arms, cut),
    hair: cutPlane(scene.hair, cut),
    face: cutPlane(scene.face, cut),
    carried: cutPlane(scene.carried, cut),
    kept: cutPlane(scene.kept, cut),
    oldShare: cutPlane(scene.oldShare, cut),
    old: cutMask(scene.old, cut),
    oldRim: cutMask(scene.oldRim, cut),
  };
}
