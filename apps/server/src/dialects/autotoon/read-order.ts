import type { z } from 'zod';
import type { Result } from '../../failures/failure.ts';
import type { AutotoonPrices } from '../../prices/autotoon.ts';
import type { Roster } from '../../roster/port.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import type { InlinePictures } from '../inline-pictures.ts';
import { accept } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { readFields } from '../read-body.ts';
import { createPictureTaker, misplacedPicture } from '../read-pictures.ts';
import type { PictureTaker } from '../read-pictures.ts';
import { apiError } from './errors.ts';
import { generate, relight, upscale, variations, video } from './orders.ts';
import type { Order } from './orders.ts';
import { peopleOf } from './people.ts';
import {
  generateSchema,
  pictureFields,
  relightSchema,
  upscaleSchema,
  variationsSchema,
  videoSchema,
} from './wire.ts';

/** A call that was understood. Its inline pictures are still drafts in it. */
export interface ReadOrder {
  readonly order: Order;
  readonly inline: InlinePictures;
}

/** Reads what a call asks for, or says in a reply why it can not be done. */
export type OrderReader = (request: DialectRequest) => Promise<Result<ReadOrder, Reply>>;

export interface OrderDependencies {
  readonly roster: Pick<Roster, 'find'>;
  readonly prices: AutotoonPrices;
}

export function createOrderReaders({
  roster,
  prices,
}: OrderDependencies): Readonly<Record<Order['operation'], OrderReader>> {
  return {
    generate: reader(generateSchema, async (body, take, accountId) => {
      const people = await peopleOf(body, accountId, roster, take);
      switch (people.kind) {
        case 'people':
          return accept(generate(body, people.people, people.fields, prices));
        case 'unknown-model':
          return refused(
            apiError('NOT_FOUND', 'No saved model of this account has the modelId of the request.'),
          );
        case 'fault':
          return refused(apiError('BAD_REQUEST', people.sentence));
      }
    }),
    variations: reader(variationsSchema, (body, take) => accept(variations(body, take, prices))),
    relight: reader(relightSchema, (body, take) => accept(relight(body, take, prices))),
    upscale: reader(upscaleSchema, (body, take) => accept(upscale(body, take, prices))),
    video: reader(videoSchema, (body, take) => accept(video(body, take, prices))),
  };
}

/** The fields of a body and a taker for its pictures; a fault of the pictures shows in the taker once all were taken. */
export function readBody<Schema extends z.ZodType<object>>(
  request: DialectRequest,
  schema: Schema,
): Parsed<{ readonly fields: z.output<Schema>; readonly take: PictureTaker }> {
  const fields = readFields(request.body, schema);
  if (!fields.ok) return fields;
  const pictures = request.body?.pictures ?? new Map<string, Uint8Array>();
  const misplaced = misplacedPicture(fields.value, pictures, pictureFields);
  return misplaced === null
    ? accept({ fields: fields.value, take: createPictureTaker(pictures) })
    : { ok: false, failure: misplaced };
}

const refused = (reply: Reply): Result<never, Reply> => ({ ok: false, failure: reply });

type ToOrder<Body> = (
  body: Body,
  take: PictureTaker,
  accountId: string,
) => Result<Order, Reply> | Promise<Result<Order, Reply>>;

function reader<Schema extends z.ZodType<object>>(
  schema: Schema,
  toOrder: ToOrder<z.output<Schema>>,
): OrderReader {
  return async (request) => {
    const body = readBody(request, schema);
    if (!body.ok) return refused(apiError('BAD_REQUEST', body.failure));
    const { fields, take } = body.value;
    const order = await toOrder(fields, take, request.principal.accountId);
    if (!order.ok) return order;
    if (take.fault !== null) return refused(apiError('BAD_REQUEST', take.fault));
    return { ok: true, value: { order: order.value, inline: take.inline } };
  };
}
