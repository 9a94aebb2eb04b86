import type { CapabilityRequest } from '../../capabilities/index.ts';
import { nearestName } from '../../failures/nearest-name.ts';
import type { FashnPrices } from '../../prices/fashn.ts';
import type { InboundBody } from '../dialect.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import { shown } from '../fields.ts';
import { createPictureReader } from '../read-pictures.ts';
import type { SavedPictures } from '../read-pictures.ts';
import { priceOf } from './prices.ts';
import { readImages } from './read-images.ts';
import { accept, refuse, sentenceOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { toCanonical } from './to-canonical.ts';
import { isModelName, modelNames, pictureInputs, runSchema } from './wire.ts';
import type { ModelName, Run } from './wire.ts';

/** All that the body of `POST /v1/run` says. */
export interface ParsedRun {
  readonly model: ModelName;
  /** Inline pictures are still drafts in it. */
  readonly draft: CapabilityRequest;
  readonly inline: InlinePictures;
  readonly credits: number;
  readonly outputFormat: 'png' | 'jpeg';
  readonly returnBase64: boolean;
}

/** Pure: body in, canonical request and price out, or a sentence saying which field is wrong and how to mend it. */
export function parseRun(
  body: InboundBody,
  prices: FashnPrices,
  saved: SavedPictures = new Map(),
): Parsed<ParsedRun> {
  const envelope = readEnvelope(body.json);
  if (!envelope.ok) return envelope;
  const { model, inputs } = envelope.value;
  const reader = createPictureReader(body.pictures, saved);
  const read = readImages(inputs, pictureInputs(model), body.pictures, reader);
  if (!read.ok) return read;
  const parsed = runSchema.safeParse({ model, inputs: read.value }, { reportInput: true });
  if (!parsed.success) return refuse(sentenceOf(parsed.error));
  const run: Run = parsed.data;
  return accept({
    model,
    draft: toCanonical(run),
    inline: reader.inline,
    credits: priceOf(run, prices),
    outputFormat: 'output_format' in run.inputs ? run.inputs.output_format : 'png',
    returnBase64: 'return_base64' in run.inputs && run.inputs.return_base64,
  });
}

interface Envelope {
  readonly model: ModelName;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Keys beside `model_name` and `inputs` are ignored: the SDK's `subscribe` sends its own options along. */
function readEnvelope(json: unknown): Parsed<Envelope> {
  if (!isRecord(json)) {
    return refuse(
      `The request body must be a JSON object with model_name and inputs; received ${shown(json)}.`,
    );
  }
  const { model_name: model, inputs } = json;
  if (isFlatTryOn(json)) return accept({ model: 'tryon-v1.6', inputs: json });
  if (model === undefined || model === null) {
    return refuse(`model_name is required; it must be one of ${modelNames.join(', ')}.`);
  }
  if (typeof model !== 'string' || !isModelName(model)) return refuse(unknownModel(model));
  if (inputs === undefined || inputs === null) {
    return refuse(`inputs is required; it must be an object with the parameters of ${model}.`);
  }
  return isRecord(inputs)
    ? accept({ model, inputs })
    : refuse(
        `inputs must be an object with the parameters of ${model}; received ${shown(inputs)}.`,
      );
}

/** The first callers sent the parameters of try-on at the top of the body, without an envelope. */
function isFlatTryOn(json: Readonly<Record<string, unknown>>): boolean {
  return (
    json['model_name'] === undefined &&
    json['inputs'] === undefined &&
    (json['model_image'] !== undefined || json['garment_image'] !== undefined)
  );
}

/** A longer name is no misspelling of ours, and comparing letters takes time. */
const longestName = 64;

function unknownModel(model: unknown): string {
  const known = `one of ${modelNames.join(', ')}`;
  if (typeof model !== 'string') return `model_name must be ${known}; received ${shown(model)}.`;
  const nearest = model.length <= longestName ? nearestName(model, modelNames) : undefined;
  const guess = nearest === undefined ? '.' : `; did you mean "${nearest}"?`;
  return `model_name ${shown(model)} is not known${guess} It must be ${known}.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
