import { afterAll, describe, expect, it } from 'vitest';
import type { RequestFor } from '../capabilities/index.ts';
import type { PixelImage } from '../engines/engine.ts';
import type { Scores } from './levels.ts';
import { createModeration } from './moderation.ts';

const plain = (grey: number): PixelImage => ({
  width: 64,
  height: 96,
  channels: 3,
  data: new Uint8Array(64 * 96 * 3).fill(grey),
});

const edit = (
  prompt: string,
  moderation: RequestFor<'edit'>['moderation'],
): RequestFor<'edit'> => ({
  capability: 'edit',
  images: { image: { from: 'sample', name: 'person' } },
  prompt,
  seed: 1,
  count: 1,
  moderation,
});

const scored = (scores: Partial<Scores>) => {
  const full = { drawing: 0, hentai: 0, neutral: 0, porn: 0, sexy: 0, ...scores };
  return createModeration({ classify: (images) => Promise.resolve(images.map(() => full)) });
};
const image = { ...plain(200), hash: 'a' };
const signal = new AbortController().signal;

describe('moderation', () => {
  const real = createModeration();
  afterAll(() => real.close());

  it('lets an ordinary picture and prompt through with the real classifier, and says what it saw', async () => {
    const outcome = await real.moderateInputs(
      edit('add a leather belt', 'conservative'),
      { image },
      signal,
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: { verdict: 'allowed', level: 'conservative' },
    });
    expect(outcome.ok && outcome.value.findings).toHaveLength(1);
  });

  it('refuses revealing outfits at conservative and lets them pass at permissive', async () => {
    const moderation = scored({ sexy: 0.9, neutral: 0.1 });
    const strict = await moderation.moderateInputs(edit('', 'conservative'), { image }, signal);
    const lenient = await moderation.moderateInputs(edit('', 'permissive'), { image }, signal);
    expect(strict).toMatchObject({ ok: true, value: { verdict: 'blocked' } });
    expect(lenient).toMatchObject({ ok: true, value: { verdict: 'allowed' } });
  });

  it('refuses nudity in an output and names which', async () => {
    const outcome = await scored({ porn: 0.95 }).moderateOutputs(
      edit('', 'permissive'),
      [plain(9)],
      signal,
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: { verdict: 'blocked', reason: expect.stringContaining('output 1') },
    });
  });

  it('looks at no picture at the level none', async () => {
    const moderation = createModeration({ classify: () => Promise.reject(new Error('asked')) });
    const outcome = await moderation.moderateInputs(edit('', 'none'), { image }, signal);
    expect(outcome).toMatchObject({ ok: true, value: { verdict: 'not-checked' } });
  });

  it('needs no classifier where there is no picture', async () => {
    const moderation = createModeration({ classify: () => Promise.reject(new Error('asked')) });
    const outcome = await moderation.moderateInputs(edit('', 'conservative'), {}, signal);
    expect(outcome).toMatchObject({ ok: true, value: { verdict: 'allowed' } });
  });

  it('fails the check rather than letting a picture pass that could not be looked at', async () => {
    const moderation = createModeration({ classify: () => Promise.reject(new Error('no model')) });
    const outcome = await moderation.moderateInputs(edit('', 'permissive'), { image }, signal);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'moderation-unavailable' } });
  });

  it('refuses a prompt before any picture is looked at', async () => {
    const moderation = createModeration({ classify: () => Promise.reject(new Error('asked')) });
    const outcome = await moderation.moderateInputs(
      edit('make her topless', 'permissive'),
      { image },
      signal,
    );
    expect(outcome).toMatchObject({ ok: true, value: { verdict: 'blocked' } });
  });
});
