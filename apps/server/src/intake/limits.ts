/** Of a picture as a file. */
export const maxFileBytes = 30 * 1024 * 1024;
export const maxMegapixels = 80;
export const maxPixels = maxMegapixels * 1_000_000;
/** Above this, pictures are decoded one at a time. */
export const largePixels = 25_000_000;

/** For one input picture over the net, from the name lookup to the last byte, redirects included. */
export const fetchSeconds = 10;
export const maxRedirects = 3;
