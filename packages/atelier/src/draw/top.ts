import type { WornTop } from '../compose/dressing.ts';
import type { Arm } from '../fit/arm.ts';
import type { TopFit } from '../fit/fit-top.ts';
import type { Trunk } from '../fit/trunk.ts';
import type { TopReading } from '../perceive/garment.ts';
import type { PersonReading, Side } from '../perceive/person.ts';
import type { Plane, RgbImage } from '../pixels/image.ts';
import type { ClothMesh } from '../warp/mesh.ts';
import { type ClothLayer, renderCloth } from '../warp/render.ts';
import { openTexture } from '../warp/texture.ts';
import { shadeFolds } from './fold-shade.ts';
import { layTop } from './lay-top.ts';
import { mendSleeves } from './mend-sleeves.ts';
import { bodyCoverage, sleeveCoverage } from './top-coverage.ts';
import { tuckInto } from './tuck.ts';

/** Draws a top or dress where its fit puts it: the body, and each sleeve as a layer of its own over it. */
export function drawTop(
  picture: RgbImage,
  person: PersonReading,
  reading: TopReading,
  trunk: Trunk,
  limbs: Readonly<Record<Side, Arm>>,
  fit: TopFit,
): WornTop {
  const zoom = picture.width / person.image.width;
  const garment = mendSleeves(reading);
  const density = fit.scale * zoom;
  const texture = openTexture(fit.folds ? shadeFolds(garment, fit.folds) : garment, density);
  const laid = layTop(person, garment, trunk, limbs, fit);
  const draw = (mesh: ClothMesh, coverage: Plane): ClothLayer =>
    renderCloth(mesh, texture(coverage), zoom, picture.width, picture.height);
  const body = draw(laid.body, bodyCoverage(garment, laid.toSleeves, laid.toBody, density));
  return {
    kind: 'top',
    armpits: { left: fit.anchors.left.armpit, right: fit.anchors.right.armpit },
    body: fit.tuck ? tuckInto(body, trunk, fit.tuck, zoom) : body,
    doubts: laid.sleeves.some(({ astray }) => astray)
      ? ['The sleeves of the garment may not lie as they should.']
      : [],
    sleeves: (fit.sleevesShow ? laid.sleeves : []).map(({ side, mesh, hemRun }) => ({
      side,
      hemRun,
      layer: draw(mesh, sleeveCoverage(garment, laid.toSleeves[side], density)),
    })),
  };
}
