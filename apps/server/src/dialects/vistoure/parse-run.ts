import type { z } from 'zod';
import type { CapabilityRequest } from '../../capabilities/index.ts';
import type { VistourePrices } from '../../prices/vistoure.ts';
import type { InboundBody } from '../dialect.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import { accept, refuse } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { readFields } from '../read-body.ts';
import { createPictureTaker, misplacedPicture } from '../read-pictures.ts';
import type { PictureTaker } from '../read-pictures.ts';
import { fabric, sketchtodress, tryon, tryonPro, virtualmodel } from './to-canonical.ts';
import type { Order } from './to-canonical.ts';
import { schemas } from './wire.ts';
import type { Tool } from './wire.ts';

export interface ParsedRun {
  readonly model: string;
  /** Inline pictures are still drafts in it. */
  readonly draft: CapabilityRequest;
  readonly inline: InlinePictures;
  readonly tokens: number;
}

const pictureFields = new Set([
  'image',
  'model_image',
  'garment_image',
  'pose_image',
  'style_image',
  'face_reference',
  'fabric_image',
]);

type ReadOrder = (body: InboundBody, take: PictureTaker, prices: VistourePrices) => Parsed<Order>;

const readOrder = <Schema extends z.ZodType<object>>(
  schema: Schema,
  toOrder: (body: z.output<Schema>, take: PictureTaker, prices: VistourePrices) => Order,
): ReadOrder => {
  return (body, take, prices) => {
    const fields = readFields(body, schema);
    if (!fields.ok) return fields;
    const misplaced = misplacedPicture(fields.value, body.pictures, pictureFields);
    return misplaced === null ? accept(toOrder(fields.value, take, prices)) : refuse(misplaced);
  };
};

const orders = {
  tryon: readOrder(schemas.tryon, tryon),
  tryonPro: readOrder(schemas.tryonPro, tryonPro),
  virtualmodel: readOrder(schemas.virtualmodel, virtualmodel),
  fabric: readOrder(schemas.fabric, fabric),
  sketchtodress: readOrder(schemas.sketchtodress, sketchtodress),
} satisfies Record<Tool, ReadOrder>;

/** Pure: body in, canonical request and price out, or a sentence that names the field and the fix. */
export function parseRun(tool: Tool, body: InboundBody, prices: VistourePrices): Parsed<ParsedRun> {
  const take = createPictureTaker(body.pictures);
  const order = orders[tool](body, take, prices);
  if (!order.ok) return order;
  if (take.fault !== null) return refuse(take.fault);
  const { model, request, tokens } = order.value;
  return accept({ model, draft: request, inline: take.inline, tokens });
}
