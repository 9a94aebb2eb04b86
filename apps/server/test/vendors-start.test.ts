import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSamples } from '../src/samples/samples.ts';
import { type PictureServer, servePictures } from './picture-server.ts';
import { freePort, toile, type ToileProcess } from './toile-process.ts';
import { keysOf, vendorExamples } from './vendor-examples.ts';
import type { Example } from './vendor-examples.ts';
import { send } from './vendor-server.ts';
import type { Answer } from './vendor-server.ts';

/** Every example of the vendors' pages against the program as it is started: it succeeds, or says what is missing. */

let home: string;
let started: ToileProcess;
let pictures: PictureServer;
let base: string;
let key: string;
let examples: readonly Example[];

beforeAll(async () => {
  const samples = createSamples();
  const person = (await samples.read('person.png')) ?? new Uint8Array();
  const tee = (await samples.read('tee.png')) ?? new Uint8Array();
  pictures = await servePictures((path) => (/item|product/.test(path) ? tee : person));
  home = await mkdtemp(join(tmpdir(), 'toile-vendors-'));
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  started = toile(['start'], {
    TOILE_HOME: home,
    PORT: String(port),
    TOILE_FETCH_ALLOW: '127.0.0.1',
    LOG_LEVEL: 'info',
  });
  await started.says('"ready"');
  key = /fa-[0-9a-f]{12}-[0-9a-f]{64}/.exec(started.output())?.[0] ?? '';
  const saved = await Promise.all(
    ['one', 'two'].map((name) =>
      send(base, key, 'POST', '/api/fashion-model', {
        body: { name, imageUrl: `${pictures.base}/${name}.png` },
      }),
    ),
  );
  const [first = '', second = ''] = saved.map(({ json }) => (json as { id: string }).id);
  examples = vendorExamples({
    pictures: pictures.base,
    models: [first, second],
    output: `${base}/samples/person.png`,
    selfie: Buffer.from(person).toString('base64'),
  });
}, 60_000);

afterAll(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
  await pictures.close();
  await rm(home, { recursive: true, force: true });
});

const names = vendorExamples({ pictures: '', models: ['', ''], output: '', selfie: '' }).map(
  ({ name }) => name,
);

/** A sentence that says that something can not be done here, and what to do instead. */
const honest =
  /cannot|can not|can only|No engine of this server|Configure|not found|no garment|too small|does not show/i;

async function ended(path: string): Promise<Answer> {
  for (;;) {
    const answer = await send(base, key, 'GET', path);
    if (/"status":"(completed|failed)"/.test(answer.text) || answer.status !== 200) return answer;
    await pause(300);
  }
}

describe('npm start', () => {
  it.each(names.map((name, index) => [name, index] as const))(
    'answers the example of %s with success or an honest failure',
    async (_, index) => {
      const example = examples[index] as Example;
      const answer = await send(base, key, 'POST', example.path, { body: example.body });
      if (example.statusPath === null) {
        if (answer.status === 200) expect(keysOf(answer.json)).toEqual(example.fields);
        else {
          expect(answer.status, answer.text).toBe(400);
          expect((answer.json as { error: string }).error).toMatch(honest);
        }
        return;
      }
      expect(answer.status, answer.text).toBe(200);
      expect(keysOf(answer.json)).toEqual(example.fields);
      const { id } = answer.json as { id: string };
      const status = await ended(`${example.statusPath}${id}`);
      expect(status.status).toBe(200);
      if (example.name === 'VistoureAI: try-on') expect(status.text).toContain('"completed"');
      if (status.text.includes('"completed"')) {
        expect(keysOf(status.json)).toEqual(example.statusFields);
      } else expect(status.text).toMatch(honest);
    },
    90_000,
  );

  it('looks at the pictures of a try-on beforehand, and names the one that will not do', async () => {
    const look = (model: string, garment: string): Promise<Answer> =>
      send(base, key, 'POST', '/toile/v1/preflights', {
        body: { capability: 'try-on', images: { model, garment } },
      });
    const [person, tee] = [`${base}/samples/person.png`, `${base}/samples/tee.png`];
    expect((await look(person, tee)).json).toEqual({
      capability: 'try-on',
      usable: true,
      engine: 'atelier',
      problem: null,
      pictures: ['model', 'garment'].map((name) => ({
        name,
        usable: true,
        doubts: expect.any(Array),
        problem: null,
      })),
    });
    expect((await look(tee, tee)).json).toMatchObject({
      usable: false,
      pictures: [{ name: 'model', usable: false, problem: { code: 'pose-not-found' } }, {}],
    });
  }, 90_000);
});
