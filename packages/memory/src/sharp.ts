import sharp from 'sharp';

// libvips keeps up to 50 MB of what it has decoded, strangers' photos among it, for the whole process. Switching that
// off once is not enough: sharp switches it on again in every thread that loads it. One thread a picture, because several
// are worked on side by side.
sharp.cache(false);
sharp.concurrency(1);

export { default } from 'sharp';
