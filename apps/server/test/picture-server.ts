import { createServer } from 'node:http';
import sharp from 'sharp';

export interface PictureServer {
  /** Stands in for https://example.com. */
  readonly base: string;
  close(): Promise<void>;
}

/**
 * A picture under every path, save those that say what is wrong with them: `/missing`, `/text`, `/broken`.
 *
 * @param choose PNG bytes for a path; grey ones unless given
 */
export async function servePictures(choose?: (path: string) => Uint8Array): Promise<PictureServer> {
  const grey = await greyPng(48, 64);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/missing')) response.writeHead(404).end();
    else if (path.startsWith('/text')) {
      response.writeHead(200, { 'content-type': 'text/plain;charset=UTF-8' }).end('not a picture');
    } else {
      const picture = choose?.(path) ?? grey;
      const bytes = path.startsWith('/broken') ? picture.subarray(0, 40) : picture;
      response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    base: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const greyPng = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: 128, g: 128, b: 128 } } })
    .png()
    .toBuffer();
