import { arm, hand, trunk } from './person-body.ts';
import { jeans, tank } from './person-clothes.ts';
import { face, hairBehind, hairInFront } from './person-head.ts';
import { denim, middle, path } from './person-palette.ts';
import { area, ellipse, gradient, grain, mirrored, picture } from './svg.ts';

/**
 * A standing figure in a tank top and jeans, drawn so that pose detection trained on photos finds it: natural
 * proportions, a lit face, soft shading. Most of it is one half, drawn again in a mirror; light comes from the left.
 */

const definitions = [
  gradient('wall', '#e4e0da', '#d6d1ca', '#c3bdb5'),
  gradient('denim', '#7d99b8', denim.base, '#64819f'),
  grain('weave', 0.9, 0.35),
  grain('film', 0.8, 0.1),
].join('');

const drawing = [
  '<rect width="900" height="1200" fill="url(#wall)"/>',
  ellipse([middle - 60, 480], [420, 460], { colour: '#f1eeea', soft: 40, opacity: 0.5 }),
  area(path('M-190,420 C-250,640 -280,900 -240,1210 L330,1210 C340,900 300,560 230,430 Z'), {
    colour: '#7f766c',
    soft: 40,
    opacity: 0.3,
  }),
  hairBehind(),
  trunk,
  mirrored(middle, hand() + arm('left', 0.4)),
  hand() + arm('right', 0.6),
  jeans(),
  tank(),
  face(),
  hairInFront(),
  '<rect width="900" height="1200" filter="url(#film)"/>',
].join('');

/** 900 x 1200 pixels. */
export const personSvg = picture(900, 1200, definitions, drawing);
