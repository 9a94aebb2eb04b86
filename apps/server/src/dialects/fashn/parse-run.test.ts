import { describe, expect, it } from 'vitest';
import type { CapabilityRequest } from '../../capabilities/index.ts';
import { capabilityRequestSchema } from '../../capabilities/index.ts';
import type { InboundBody } from '../dialect.ts';
import { parseRun } from './parse-run.ts';
import type { ParsedRun } from './parse-run.ts';
import { defaultPrices } from '../../prices/prices.ts';
import { modelNames } from './wire.ts';

const picture = 'https://example.com/picture.png';
const source = { from: 'url', url: picture } as const;

/** The least that each model takes. */
const least: Record<string, Record<string, unknown>> = {
  'tryon-v1.6': { model_image: picture, garment_image: picture },
  'tryon-max': { model_image: picture, product_image: picture },
  'product-to-model': { product_image: picture },
  'face-to-model': { face_image: picture },
  'model-create': { prompt: 'a tall man' },
  'model-swap': { model_image: picture },
  'model-variation': { model_image: picture },
  edit: { image: picture, prompt: 'a red bag' },
  reframe: { image: picture, aspect_ratio: '1:1' },
  'background-change': { image: picture, prompt: 'a beach' },
  'background-remove': { image: picture },
  'image-to-video': { image: picture },
};

const bodyOf = (json: unknown): InboundBody => ({ json, pictures: new Map(), sha256: '' });
const parse = (json: unknown) => parseRun(bodyOf(json), defaultPrices.fashn);
const parseModel = (model: string, inputs: Record<string, unknown> = {}) =>
  parse({ model_name: model, inputs: { ...least[model], ...inputs } });

function accepted(result: ReturnType<typeof parse>): ParsedRun {
  if (!result.ok) throw new Error(result.failure);
  return result.value;
}
const refusal = (result: ReturnType<typeof parse>): string | null =>
  result.ok ? null : result.failure;
const draftOf = (model: string, inputs?: Record<string, unknown>): CapabilityRequest =>
  accepted(parseModel(model, inputs)).draft;

describe('the envelope', () => {
  it('ignores keys beside model_name and inputs, and keys that a model does not know', () => {
    const inputs = { ...least['tryon-v1.6'], guidance_scale: 3, mask: 5, nonsense: { a: [1] } };
    const run = { model_name: 'tryon-v1.6', inputs, pollInterval: 10, timeout: 5, maxRetries: 1 };
    expect(accepted(parse(run)).model).toBe('tryon-v1.6');
  });

  it('takes the flat body of the first callers for try-on', () => {
    const flat = { model_image: picture, garment_image: picture, category: 'tops' };
    expect(accepted(parse(flat)).draft).toMatchObject({
      capability: 'try-on',
      garmentKind: 'tops',
    });
    expect(refusal(parse({ garment_image: picture }))).toMatch(/^inputs\.model_image is required/);
  });

  const names = modelNames.join(', ');
  it.each([
    [{}, `model_name is required; it must be one of ${names}.`],
    [{ inputs: {} }, `model_name is required; it must be one of ${names}.`],
    [{ model_name: null, inputs: {} }, `model_name is required; it must be one of ${names}.`],
    [
      { model_name: 'tryon-v1.5', inputs: {} },
      `model_name "tryon-v1.5" is not known; did you mean "tryon-v1.6"? It must be one of ${names}.`,
    ],
    [{ model_name: 'toString', inputs: {} }, /^model_name "toString" is not known; did you mean/],
    [
      { model_name: 'x'.repeat(1e6), inputs: {} },
      /^model_name "x{76}\.\.\." is not known\. It must/,
    ],
    [{ model_name: 5, inputs: {} }, `model_name must be one of ${names}; received 5.`],
    [
      { model_name: 'edit' },
      'inputs is required; it must be an object with the parameters of edit.',
    ],
    [
      { model_name: 'edit', inputs: [] },
      'inputs must be an object with the parameters of edit; received an array.',
    ],
    [
      { model_name: 'edit', inputs: 'x' },
      'inputs must be an object with the parameters of edit; received "x".',
    ],
  ])('refuses %j', (json, message) => {
    expect(refusal(parse(json))).toMatch(message);
  });
});

describe('what a parameter must be', () => {
  const ratios = '21:9, 1:1, 4:3, 3:2, 2:3, 5:4, 4:5, 3:4, 16:9, 9:16';
  const nineRatios = '1:1, 3:4, 4:3, 9:16, 16:9, 2:3, 3:2, 4:5, 5:4';
  const oneOf = (name: string, values: string, received: unknown): string =>
    `inputs.${name} must be one of ${values}; received ${JSON.stringify(received)}.`;
  const seeds = 'inputs.seed must be an integer between 0 and 4294967295; received';

  it.each<[string, Record<string, unknown>, string]>([
    [
      'tryon-v1.6',
      { category: 'shirt' },
      oneOf('category', 'auto, tops, bottoms, one-pieces', 'shirt'),
    ],
    ['tryon-v1.6', { category: 7 }, oneOf('category', 'auto, tops, bottoms, one-pieces', 7)],
    ['tryon-v1.6', { mode: 'fast' }, oneOf('mode', 'performance, balanced, quality', 'fast')],
    [
      'tryon-v1.6',
      { moderation_level: '' },
      oneOf('moderation_level', 'conservative, permissive, none', ''),
    ],
    [
      'tryon-v1.6',
      { garment_photo_type: 'flat' },
      oneOf('garment_photo_type', 'auto, flat-lay, model', 'flat'),
    ],
    [
      'tryon-v1.6',
      { num_samples: 5 },
      'inputs.num_samples must be an integer between 1 and 4; received 5.',
    ],
    [
      'tryon-v1.6',
      { num_samples: 0 },
      'inputs.num_samples must be an integer between 1 and 4; received 0.',
    ],
    [
      'tryon-v1.6',
      { num_samples: 1.5 },
      'inputs.num_samples must be an integer between 1 and 4; received 1.5.',
    ],
    [
      'tryon-v1.6',
      { num_samples: '2' },
      'inputs.num_samples must be an integer between 1 and 4; received "2".',
    ],
    ['tryon-v1.6', { seed: -1 }, `${seeds} -1.`],
    ['tryon-v1.6', { seed: 4_294_967_296 }, `${seeds} 4294967296.`],
    ['tryon-v1.6', { seed: 1e300 }, `${seeds} 1e+300.`],
    ['tryon-v1.6', { output_format: 'webp' }, oneOf('output_format', 'png, jpeg', 'webp')],
    [
      'tryon-v1.6',
      { return_base64: 'yes' },
      'inputs.return_base64 must be true or false; received "yes".',
    ],
    [
      'tryon-v1.6',
      { segmentation_free: 1 },
      'inputs.segmentation_free must be true or false; received 1.',
    ],
    [
      'tryon-max',
      { generation_mode: 'fast' },
      oneOf('generation_mode', 'balanced, quality', 'fast'),
    ],
    ['tryon-max', { aspect_ratio: '2:1' }, oneOf('aspect_ratio', ratios, '2:1')],
    ['tryon-max', { resolution: '8k' }, oneOf('resolution', '1k, 2k, 4k', '8k')],
    [
      'tryon-max',
      { num_images: {} },
      'inputs.num_images must be an integer between 1 and 4; received an object.',
    ],
    ['product-to-model', { aspect_ratio: '21:9' }, oneOf('aspect_ratio', nineRatios, '21:9')],
    [
      'product-to-model',
      { generation_mode: 'best' },
      oneOf('generation_mode', 'fast, balanced, quality', 'best'),
    ],
    [
      'product-to-model',
      { face_reference_mode: 'match' },
      oneOf('face_reference_mode', 'match_base, match_reference', 'match'),
    ],
    [
      'product-to-model',
      { prompt: 'x'.repeat(10_001) },
      'inputs.prompt must be at most 10000 characters long.',
    ],
    ['product-to-model', { prompt: ['x'] }, 'inputs.prompt must be text; received an array.'],
    [
      'product-to-model',
      { prompt: 'a\u0000b' },
      'inputs.prompt must be valid Unicode text without NUL characters.',
    ],
    [
      'product-to-model',
      { prompt: '\ud800' },
      'inputs.prompt must be valid Unicode text without NUL characters.',
    ],
    [
      'face-to-model',
      { aspect_ratio: '16:9' },
      oneOf('aspect_ratio', '1:1, 4:5, 3:4, 2:3, 9:16', '16:9'),
    ],
    ['model-create', { prompt: '  ' }, 'inputs.prompt must not be empty.'],
    ['model-create', { prompt: null }, 'inputs.prompt is required; it must be text.'],
    ['model-create', { reference_type: 'x' }, oneOf('reference_type', 'pose, silhouette', 'x')],
    ['model-create', { lora_url: 5 }, 'inputs.lora_url must be text; received 5.'],
    [
      'model-create',
      { disable_prompt_enhancement: 'x' },
      'inputs.disable_prompt_enhancement must be true or false; received "x".',
    ],
    [
      'model-swap',
      { background_change: 2 },
      'inputs.background_change must be true or false; received 2.',
    ],
    [
      'model-variation',
      { variation_strength: 'big' },
      oneOf('variation_strength', 'subtle, strong', 'big'),
    ],
    ['edit', { prompt: undefined }, 'inputs.prompt is required; it must be text.'],
    ['edit', { aspect_ratio: '10:1' }, oneOf('aspect_ratio', ratios, '10:1')],
    [
      'reframe',
      { aspect_ratio: undefined },
      `inputs.aspect_ratio is required; it must be one of ${ratios}.`,
    ],
    [
      'reframe',
      { aspect_ratio: undefined, mode: 'aspect_ratio' },
      `inputs.aspect_ratio is required; it must be one of ${ratios}.`,
    ],
    ['reframe', { mode: 'x' }, oneOf('mode', 'direction, aspect_ratio', 'x')],
    ['reframe', { target_direction: 'left' }, oneOf('target_direction', 'both, down, up', 'left')],
    ['background-change', { prompt: undefined }, 'inputs.prompt is required; it must be text.'],
    ['image-to-video', { duration: 7 }, 'inputs.duration must be 5 or 10; received 7.'],
    ['image-to-video', { duration: '5' }, 'inputs.duration must be 5 or 10; received "5".'],
    ['image-to-video', { resolution: '1k' }, oneOf('resolution', '480p, 720p, 1080p', '1k')],
    [
      'image-to-video',
      { resolution: '720p', end_image: picture },
      'inputs.end_image needs inputs.resolution 1080p; received "720p".',
    ],
  ])('%s refuses %j', (model, inputs, message) => {
    expect(refusal(parseModel(model, inputs))).toBe(message);
  });

  it.each(['image_prompt', 'face_reference', 'background_reference'])(
    'product-to-model refuses %s beside model_image',
    (other) => {
      expect(
        refusal(parseModel('product-to-model', { model_image: picture, [other]: picture })),
      ).toBe(`inputs.${other} can not be combined with inputs.model_image; leave one of them out.`);
    },
  );
});

describe('pictures', () => {
  const required = Object.entries(least).flatMap(([model, inputs]) =>
    Object.entries(inputs)
      .filter(([, value]) => value === picture)
      .map(([name]) => [model, name] as const),
  );

  it.each(required)('%s needs %s', (model, name) => {
    for (const missing of [undefined, null, '']) {
      expect(refusal(parseModel(model, { [name]: missing }))).toMatch(
        new RegExp(`^inputs\\.${name} is required`),
      );
    }
    expect(refusal(parseModel(model, { [name]: 5 }))).toBe(
      `inputs.${name} must be the http(s) address of a picture or a base64 data URI; received 5.`,
    );
    const smuggled = { from: 'upload', key: 'inputs/of-another/0', bytes: 9 };
    expect(refusal(parseModel(model, { [name]: smuggled }))).toMatch(/received an object\.$/);
  });

  it('leaves out optional pictures that are null or empty', () => {
    const empty = { model_image: '', face_reference: null, image_prompt: '' };
    expect(draftOf('product-to-model', empty)).toMatchObject({
      capability: 'product-to-model',
      images: { product: source },
    });
  });

  it('refuses a saved model by its name', () => {
    expect(refusal(parseModel('tryon-v1.6', { model_image: 'saved:Anna' }))).toBe(
      'inputs.model_image names the saved model "Anna", which this account does not have; send the address or the base64 data of a picture.',
    );
  });

  const bytes = Buffer.from('a picture of at least thirty-six bytes, or so it says here');
  const base64 = bytes.toString('base64');
  it.each([
    ['a data URI', `data:image/png;base64,${base64}`],
    ['a data URI of the documented, unregistered type', `data:image/jpg;base64,${base64}`],
    ['a data URI with parameters', `DATA:image/png;name=x;BASE64,${base64}`],
    ['bare base64', base64],
    ['bare base64 with line breaks', base64.replaceAll(/(.{20})/g, '$1\r\n')],
    ['a percent-encoded data URI', `data:image/svg+xml,${encodeURIComponent(bytes.toString())}`],
  ])('stages %s', async (_, text) => {
    const { draft, inline } = accepted(parseModel('background-remove', { image: text }));
    const stage = inline.stagerFor(draft);
    const staged: Uint8Array[] = [];
    const request = await stage?.(async (picture) => {
      staged.push(picture);
      return { key: 'inputs/job/0', bytes: picture.byteLength };
    });
    expect(staged.map((picture) => Buffer.from(picture).toString())).toEqual([bytes.toString()]);
    expect(request).toMatchObject({
      capability: 'background-remove',
      images: { image: { from: 'upload', key: 'inputs/job/0', bytes: bytes.byteLength } },
    });
  });

  it('needs no staging for addresses', () => {
    const { draft, inline } = accepted(parseModel('tryon-v1.6'));
    expect(inline.stagerFor(draft)).toBeUndefined();
  });

  it('refuses an empty data URI', () => {
    expect(refusal(parseModel('edit', { image: 'data:image/png;base64,' }))).toBe(
      'inputs.image holds no image data after its data URI prefix.',
    );
  });

  it('leaves it to the prediction to find out that a text is no picture', () => {
    expect(draftOf('edit', { image: 'not a picture\u0000\ud800' }).images).toEqual({
      image: { from: 'url', url: 'not a picture\u{FFFD}\u{FFFD}' },
    });
    expect(refusal(parseModel('edit', { image: '? '.repeat(5000) }))).toBe(
      'inputs.image is neither base64 image data nor an address of at most 8192 characters.',
    );
  });

  it('takes a picture that was taken out of the body, and refuses it where text belongs', () => {
    const pictures = new Map([['picture:nonce:0', new Uint8Array(9)]]);
    const run = (inputs: object) =>
      parseRun({ json: { model_name: 'edit', inputs }, pictures, sha256: '' }, defaultPrices.fashn);
    expect(accepted(run({ image: 'picture:nonce:0', prompt: 'x' })).draft.images).toMatchObject({
      image: { from: 'upload', bytes: 9 },
    });
    expect(refusal(run({ image: picture, prompt: 'picture:nonce:0' }))).toBe(
      'inputs.prompt must not be a picture.',
    );
  });
});

describe('the canonical request', () => {
  it('is valid for every model with the least inputs', () => {
    expect(Object.keys(least).toSorted()).toEqual(modelNames.toSorted());
    for (const model of modelNames) {
      expect(capabilityRequestSchema.safeParse(draftOf(model)).success, model).toBe(true);
    }
  });

  const shared = { seed: 42, count: 1, moderation: 'permissive' };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'tryon-v1.6',
      {},
      {
        capability: 'try-on',
        images: { model: source, garment: source },
        garmentKind: 'auto',
        photoType: 'auto',
        effort: 'balanced',
        ...shared,
      },
    ],
    [
      'tryon-v1.6',
      {
        category: 'bottoms',
        garment_photo_type: 'flat-lay',
        mode: 'performance',
        moderation_level: 'none',
        num_samples: 3,
        seed: 4_294_967_295,
      },
      {
        garmentKind: 'bottoms',
        photoType: 'flat-lay',
        effort: 'fast',
        moderation: 'none',
        count: 3,
        seed: 4_294_967_295,
      },
    ],
    [
      'tryon-max',
      { prompt: 'tucked in', aspect_ratio: '21:9', resolution: '2k', generation_mode: 'quality' },
      {
        capability: 'try-on',
        images: { model: source, garment: source },
        prompt: 'tucked in',
        aspectRatio: '21:9',
        resolution: '2k',
        effort: 'quality',
      },
    ],
    [
      'product-to-model',
      {
        image_prompt: picture,
        face_reference: picture,
        face_reference_mode: 'match_base',
        background_reference: picture,
      },
      {
        capability: 'product-to-model',
        images: { product: source, inspiration: source, face: source, background: source },
        faceMode: 'match-base',
        resolution: '1k',
        ...shared,
      },
    ],
    [
      'product-to-model',
      { model_image: picture, generation_mode: 'fast' },
      { capability: 'try-on', images: { model: source, garment: source }, effort: 'fast' },
    ],
    ['face-to-model', {}, { capability: 'face-to-model', aspectRatio: '2:3', resolution: '1k' }],
    ['model-create', {}, { capability: 'model-create', aspectRatio: '1:1', referenceUse: 'pose' }],
    [
      'model-swap',
      { background_change: true, lora_url: 'https://example.com/a.safetensors' },
      {
        capability: 'model-swap',
        keepBackground: false,
        loraUrl: 'https://example.com/a.safetensors',
        faceMode: 'match-reference',
      },
    ],
    ['model-variation', {}, { capability: 'variations', strength: 'subtle' }],
    [
      'edit',
      { mask: picture, image_context: picture },
      { capability: 'edit', images: { image: source, mask: source, context: source } },
    ],
    ['reframe', {}, { target: { by: 'ratio', aspectRatio: '1:1' } }],
    [
      'reframe',
      { aspect_ratio: undefined, target_aspect_ratio: '9:16', mode: 'aspect_ratio' },
      { target: { by: 'ratio', aspectRatio: '9:16' } },
    ],
    [
      'reframe',
      { aspect_ratio: undefined, mode: 'direction', target_direction: 'down' },
      { target: { by: 'direction', direction: 'down' } },
    ],
    ['reframe', { aspect_ratio: undefined, mode: 'direction' }, { target: { direction: 'both' } }],
    ['background-change', { prompt: undefined, background_prompt: '' }, { prompt: '' }],
    ['background-remove', {}, { capability: 'background-remove', ...shared }],
    [
      'image-to-video',
      { end_image: picture, negative_prompt: 'blur', duration: 10 },
      {
        capability: 'image-to-video',
        images: { image: source, end: source },
        negativePrompt: 'blur',
        seconds: 10,
        lines: '1080p',
      },
    ],
  ])('of %s with %j', (model, inputs, expected) => {
    expect(draftOf(model, inputs)).toMatchObject(expected);
  });

  it('keeps the size of the person in try-on unless asked otherwise', () => {
    for (const draft of [
      draftOf('tryon-v1.6'),
      draftOf('tryon-max'),
      draftOf('product-to-model', { model_image: picture }),
    ]) {
      expect(JSON.parse(JSON.stringify(draft))).not.toHaveProperty('resolution');
      expect(JSON.parse(JSON.stringify(draft))).not.toHaveProperty('aspectRatio');
    }
  });

  it('takes the ratio of the reference where model-create has one', () => {
    expect(draftOf('model-create', { image_reference: picture })).not.toMatchObject({
      aspectRatio: '1:1',
    });
  });

  it('knows the formats of the answer', () => {
    expect(accepted(parseModel('tryon-v1.6'))).toMatchObject({
      outputFormat: 'png',
      returnBase64: false,
    });
    expect(accepted(parseModel('face-to-model'))).toMatchObject({ outputFormat: 'jpeg' });
    expect(
      accepted(parseModel('edit', { output_format: 'jpeg', return_base64: true })),
    ).toMatchObject({
      outputFormat: 'jpeg',
      returnBase64: true,
    });
    expect(accepted(parseModel('background-remove', { output_format: 'jpeg' }))).toMatchObject({
      outputFormat: 'png',
    });
  });
});

describe('the price in credits', () => {
  it.each<[string, Record<string, unknown>, number]>([
    // The worked examples of the contract.
    ['product-to-model', {}, 1],
    ['product-to-model', { resolution: '4k' }, 5],
    [
      'product-to-model',
      { resolution: '2k', generation_mode: 'balanced', face_reference: picture, num_images: 3 },
      18,
    ],
    ['image-to-video', { resolution: '1080p', duration: 10 }, 12],
    // The rest of the table.
    ['tryon-v1.6', {}, 1],
    ['tryon-v1.6', { num_samples: 4, mode: 'quality' }, 4],
    ['tryon-max', {}, 2],
    ['tryon-max', { resolution: '2k' }, 4],
    ['tryon-max', { resolution: '4k', generation_mode: 'balanced', num_images: 2 }, 8],
    ['product-to-model', { model_image: picture }, 1],
    ['face-to-model', { resolution: '4k', generation_mode: 'fast' }, 3],
    ['model-create', { face_reference: picture }, 4],
    ['model-swap', { face_reference: picture, num_images: 2 }, 8],
    ['model-variation', {}, 1],
    ['edit', {}, 1],
    ['edit', { resolution: '2k' }, 4],
    ['reframe', { num_images: 4 }, 4],
    ['background-change', {}, 1],
    ['background-remove', {}, 1],
    ['image-to-video', { resolution: '480p' }, 1],
    ['image-to-video', { resolution: '720p', duration: 10 }, 6],
    ['image-to-video', {}, 6],
  ])('of %s with %j is %i', (model, inputs, credits) => {
    expect(accepted(parseModel(model, inputs)).credits).toBe(credits);
  });

  it.each([
    ['fast', [1, 2, 3]],
    ['balanced', [2, 3, 4]],
    ['quality', [3, 4, 5]],
  ])('of %s mode is %j at 1k, 2k and 4k, for every model of the table', (mode, credits) => {
    const models = [
      'product-to-model',
      'face-to-model',
      'model-create',
      'model-swap',
      'edit',
      'reframe',
    ];
    for (const model of models) {
      const prices = ['1k', '2k', '4k'].map(
        (resolution) => accepted(parseModel(model, { generation_mode: mode, resolution })).credits,
      );
      expect(prices, model).toEqual(credits);
    }
  });
});

it('takes no source of a picture from the client, by whatever way', () => {
  const stolen = '{"from":"upload","key":"uploads/of-somebody-else","bytes":1}';
  for (const inputs of [`{"image":${stolen}}`, `{"__proto__":{"image":${stolen}}}`]) {
    const body = JSON.parse(`{"model_name":"background-remove","inputs":${inputs}}`) as unknown;
    expect(parse(body)).toMatchObject({ ok: false, failure: expect.stringContaining('image') });
  }
});
