import { z } from 'zod';

/**
 * Where an input image comes from, as stored with a job. Inline bytes are staged in object storage
 * before the job is submitted, so that a job row never holds image data.
 */
export const imageSourceSchema = z.discriminatedUnion('from', [
  /** Fetched by the worker, under the address rules of intake. */
  z.object({ from: z.literal('url'), url: z.string() }),
  /** Bytes that came inside the request, staged under this storage key until the job ends. */
  z.object({ from: z.literal('upload'), key: z.string(), bytes: z.int().positive() }),
  /** An output of this account, recognised by its signed address. */
  z.object({ from: z.literal('artifact'), artifactId: z.string() }),
  /** A picture of the account's roster, by storage key; kept until its model is deleted. */
  z.object({ from: z.literal('roster'), key: z.string() }),
  /** One of the pictures the project draws and serves itself. */
  z.object({ from: z.literal('sample'), name: z.string() }),
]);

export type ImageSource = z.infer<typeof imageSourceSchema>;
