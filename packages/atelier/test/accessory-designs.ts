import sharp from 'sharp';
import type { RgbImage } from '../src/pixels/image.ts';

/** Accessories drawn as shops photograph them: from the front, lit from the upper left, with a soft shadow. */
export const accessoryDesigns = [
  'sunglasses',
  'thin-rims',
  'aviators',
  'cap',
  'wide-brim',
  'beanie',
  'chain',
  'pearls',
  'tote',
  'shoulder-bag',
] as const;
export type AccessoryDesign = (typeof accessoryDesigns)[number];

export interface DesignOptions {
  /** Pixels a side. Default 800. */
  readonly side?: number;
  readonly backdrop?: string;
  readonly colour?: string;
  /** Degrees clockwise. */
  readonly tilt?: number;
}

/** Photographs a design; its landmarks lie where `designTruth` says, on a square of 800. */
export async function drawDesign(
  design: AccessoryDesign,
  { side = 800, backdrop = '#f5f4f2', colour, tilt = 0 }: DesignOptions = {},
): Promise<RgbImage> {
  const { body, shadow } = designs[design](colour);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 800 800">
    <defs>${DEFINITIONS}</defs><rect width="800" height="800" fill="${backdrop}"/>
    <g transform="rotate(${tilt} 400 400)"><g transform="translate(4 12)" opacity="0.3" filter="url(#soft)">${shadow}</g>${body}</g></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

const DEFINITIONS = `
  <filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="10"/></filter>
  <filter id="fuzz" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="16"/></filter>
  <linearGradient id="glass" x2="0.2" y2="1"><stop stop-color="#15171b"/><stop offset=".6" stop-color="#33373d"/><stop offset="1" stop-color="#6b6660"/></linearGradient>
  <linearGradient id="round" x2="1" y2="0"><stop stop-color="#000" stop-opacity=".3"/><stop offset=".3" stop-color="#fff" stop-opacity=".16"/><stop offset=".62" stop-color="#000" stop-opacity=".04"/><stop offset="1" stop-color="#000" stop-opacity=".5"/></linearGradient>
  <linearGradient id="down" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".14"/><stop offset=".6" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".38"/></linearGradient>
  <linearGradient id="gold" x2="1" y2="1"><stop stop-color="#f1dc9a"/><stop offset=".45" stop-color="#c79a3c"/><stop offset="1" stop-color="#8a6420"/></linearGradient>
  <radialGradient id="pearl" cx=".36" cy=".32" r=".75"><stop stop-color="#ffffff"/><stop offset=".45" stop-color="#ece4d8"/><stop offset="1" stop-color="#a3958a"/></radialGradient>`;

interface Drawn {
  readonly body: string;
  readonly shadow: string;
}

const both = (svg: string): string => `${svg}<g transform="matrix(-1 0 0 1 800 0)">${svg}</g>`;

/** One shape with its shading laid over it. */
const shaded = (path: string, fill: string, shades: readonly string[], extra = ''): string =>
  `<path d="${path}" fill="${fill}" ${extra}/>${shades.map((id) => `<path d="${path}" fill="url(#${id})" ${extra}/>`).join('')}`;

const WAYFARER =
  'M372 372 C340 340 180 330 120 350 C112 430 140 500 220 504 C310 508 352 470 372 372 Z';
const designs: Readonly<Record<AccessoryDesign, (colour?: string) => Drawn>> = {
  sunglasses: (colour = '#1c1512') => {
    const rim =
      'M400 360 C370 330 160 316 92 336 L86 372 L104 384 C110 470 140 526 222 528 C320 530 372 480 386 398 C390 386 396 384 400 384 Z';
    return {
      body: both(
        `<path d="${rim}" fill="${colour}"/><path d="${rim}" fill="url(#down)"/><path d="${WAYFARER}" fill="url(#glass)"/><path d="M150 368 L230 362 L190 480 C160 470 146 430 150 368 Z" fill="#fff" fill-opacity=".1"/><path d="M96 342 C160 322 350 334 396 364" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3"/>`,
      ),
      shadow: both(`<path d="${rim}"/>`),
    };
  },
  'thin-rims': (colour = 'url(#gold)') => {
    const rims = `<circle cx="250" cy="410" r="112" fill="none" stroke="${colour}" stroke-width="9"/><path d="M361 398 C376 376 392 372 401 372" fill="none" stroke="${colour}" stroke-width="9"/><path d="M140 388 L104 380" stroke="${colour}" stroke-width="11"/><path d="M340 440 q16 14 12 34" fill="none" stroke="#bbb" stroke-width="4"/>`;
    return {
      body: both(`<circle cx="250" cy="410" r="110" fill="#cfd8dc" fill-opacity=".12"/>${rims}`),
      shadow: both(
        `<circle cx="250" cy="410" r="112" fill="none" stroke="#000" stroke-width="9"/>`,
      ),
    };
  },
  aviators: (colour = '#b9bcc2') => {
    const lens =
      'M372 362 C300 340 170 340 128 360 C120 460 170 540 250 540 C330 536 376 450 372 362 Z';
    const rim = `<path d="${lens}" fill="none" stroke="${colour}" stroke-width="9"/><path d="M370 366 Q400 392 401 392 M340 346 L401 346" fill="none" stroke="${colour}" stroke-width="9"/><path d="M130 366 L98 356" stroke="${colour}" stroke-width="12"/>`;
    return {
      body: both(
        `<path d="${lens}" fill="#7a5a36" fill-opacity=".72"/><path d="${lens}" fill="url(#down)"/>${rim}`,
      ),
      shadow: both(`<path d="${lens}"/>`),
    };
  },
  cap: (colour = '#23395d') => {
    const crown =
      'M176 520 C164 330 250 190 400 186 C550 190 636 330 624 520 C560 470 240 470 176 520 Z';
    const visor =
      'M170 516 C240 462 560 462 630 516 C660 560 640 600 600 606 C520 560 280 560 200 606 C160 600 140 560 170 516 Z';
    return {
      body: `${shaded(crown, colour, ['round', 'down'])}<path d="M400 186 C392 280 392 400 396 478 M400 186 C300 230 262 380 262 488 M400 186 C500 230 538 380 538 488" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="3"/><ellipse cx="400" cy="186" rx="18" ry="8" fill="${colour}"/>${shaded(visor, colour, ['round'])}<path d="M190 590 C280 546 520 546 610 590" fill="none" stroke="#fff" stroke-opacity=".25" stroke-width="3" stroke-dasharray="7 5"/><path d="M170 516 C240 462 560 462 630 516" fill="none" stroke="#000" stroke-opacity=".4" stroke-width="5"/>`,
      shadow: `<path d="${crown}"/><path d="${visor}"/>`,
    };
  },
  'wide-brim': (colour = '#b98d5f') => {
    const crown =
      'M252 500 C248 380 270 268 310 252 C350 240 370 262 400 262 C430 262 450 240 490 252 C530 268 552 380 548 500 Z';
    const brim =
      'M60 500 C120 470 230 474 252 476 L548 476 C570 474 680 470 740 500 C690 560 540 584 400 584 C260 584 110 560 60 500 Z';
    const band = 'M251 430 C330 446 470 446 549 430 L548 486 C470 500 330 500 252 486 Z';
    return {
      body: `${shaded(brim, colour, ['round', 'down'])}${shaded(crown, colour, ['round'])}<path d="M400 262 C396 300 396 330 400 350" stroke="#000" stroke-opacity=".18" stroke-width="14" fill="none"/>${shaded(band, '#3b2a1e', ['round'])}<path d="M252 486 C330 512 470 512 548 486" fill="none" stroke="#000" stroke-opacity=".35" stroke-width="8"/>`,
      shadow: `<path d="${crown}"/><path d="${brim}"/>`,
    };
  },
  beanie: (colour = '#8c2f39') => {
    const crown = 'M196 600 C176 380 240 170 400 162 C560 170 624 380 604 600 Z';
    const cuff =
      'M186 488 C300 506 500 506 614 488 C622 540 620 590 612 624 C500 644 300 644 188 624 C180 590 178 540 186 488 Z';
    const ribs = Array.from({ length: 27 }, (_, k) => {
      const x = 200 + k * 15.4;
      return `<path d="M${x} 500 L${x} 636" stroke="#000" stroke-opacity=".2" stroke-width="4"/><path d="M${x} 496 Q${(x + 400) / 2} 300 ${400 + (x - 400) * 0.15} 166" stroke="#000" stroke-opacity=".14" stroke-width="4" fill="none"/>`;
    }).join('');
    return {
      body: `<clipPath id="knit"><path d="${crown} ${cuff}"/></clipPath>${shaded(crown, colour, ['round', 'down'])}${shaded(cuff, colour, ['round'])}<g clip-path="url(#knit)">${ribs}</g><path d="M186 488 C300 506 500 506 614 488" fill="none" stroke="#000" stroke-opacity=".4" stroke-width="6"/>`,
      shadow: `<path d="${crown}"/><path d="${cuff}"/>`,
    };
  },
  chain: (colour = 'url(#gold)') => {
    const path = 'M190 90 C190 330 330 520 400 560 C470 520 610 330 610 90';
    const line = `<path d="${path}" fill="none" stroke="${colour}" stroke-width="9"/><path d="${path}" fill="none" stroke="#6d4d14" stroke-width="3" stroke-dasharray="5 9"/>`;
    const pendant = `<circle cx="400" cy="572" r="12" fill="none" stroke="#a97d2b" stroke-width="6"/><path d="M400 584 C360 630 356 668 400 690 C444 668 440 630 400 584 Z" fill="url(#gold)" stroke="#7c5a1c" stroke-width="3"/><circle cx="400" cy="648" r="18" fill="#1f7a5c"/><circle cx="394" cy="641" r="5" fill="#d7fff0"/>`;
    return {
      body: line + pendant,
      shadow: `<path d="${path}" fill="none" stroke="#000" stroke-width="9"/><circle cx="400" cy="640" r="40"/>`,
    };
  },
  pearls: () => {
    const beads = Array.from({ length: 44 }, (_, k) => {
      const angle = (k / 44) * 2 * Math.PI;
      return `<circle cx="${400 + 268 * Math.sin(angle)}" cy="${400 - 300 * Math.cos(angle)}" r="20" fill="url(#pearl)"/>`;
    }).join('');
    return { body: beads, shadow: beads };
  },
  tote: (colour = '#a8683a') => {
    const bag = 'M170 380 L630 380 L660 740 C520 752 280 752 140 740 Z';
    const handle = 'M280 420 C276 180 330 110 400 110 C470 110 524 180 520 420';
    return {
      body: `<path d="${handle}" fill="none" stroke="${colour}" stroke-width="22"/><path d="${handle}" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="22"/>${shaded(bag, colour, ['round', 'down'])}<path d="M180 394 L620 394 M152 728 L648 728" stroke="#fff" stroke-opacity=".35" stroke-width="3" stroke-dasharray="8 6"/><path d="M268 384 h24 v70 h-24 Z M508 384 h24 v70 h-24 Z" fill="${colour}" stroke="#000" stroke-opacity=".3" stroke-width="2"/>`,
      shadow: `<path d="${bag}"/><path d="${handle}" fill="none" stroke="#000" stroke-width="22"/>`,
    };
  },
  'shoulder-bag': (colour = '#2b2b30') => {
    const bag =
      'M230 500 C300 488 500 488 570 500 C592 560 592 660 570 720 C500 736 300 736 230 720 C208 660 208 560 230 500 Z';
    const strap = 'M246 510 C230 300 330 60 400 56 C470 60 570 300 554 510';
    return {
      body: `<path d="${strap}" fill="none" stroke="${colour}" stroke-width="14"/>${shaded(bag, colour, ['round', 'down'])}<path d="M224 520 C300 600 500 600 576 520" fill="none" stroke="#000" stroke-opacity=".5" stroke-width="4"/><rect x="384" y="568" width="32" height="26" rx="4" fill="url(#gold)"/>`,
      shadow: `<path d="${bag}"/><path d="${strap}" fill="none" stroke="#000" stroke-width="14"/>`,
    };
  },
};
