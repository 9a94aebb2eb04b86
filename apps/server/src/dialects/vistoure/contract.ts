import type { DialectContract, EndpointContract } from '../contract.ts';
import {
  problemSchema,
  runAnswerSchema,
  schemas,
  statusSchemas,
  tokensAnswerSchema,
  tools,
} from './wire.ts';
import type { Tool } from './wire.ts';

export const contract: DialectContract = {
  title: 'VistoureAI v2',
  description:
    'The v2 API of VistoureAI. A run is submitted and then polled; pictures are addresses or base64, and outputs are kept for three days.',
  key: { kind: 'header', name: 'X-API-KEY' },
  problem: {
    schema: problemSchema,
    example: { id: null, error: 'category must be one of top, bottom, dresses.' },
  },
};

const model = 'https://example.com/model.jpg';
const garment = 'https://example.com/item.jpg';
const examples: Readonly<Record<Tool, object>> = {
  tryon: {
    category: 'top',
    model_image: model,
    garment_image: garment,
    seed: 42,
    model_name: 'Beta',
  },
  tryonPro: {
    category: 'top',
    model_image: model,
    garment_image: garment,
    model_name: 'Pro Fit',
    garment_size: 'M',
    aspect_ratio: '3:4',
  },
  virtualmodel: {
    model_name: 'Standard',
    ethnicity: 'Caucasian',
    gender: 'Female',
    age: 'Adult',
    dresstype: 'Casual streetwear',
    background: 'Urban city street',
    num_outputs: 1,
  },
  fabric: {
    category: 'dress',
    model_image: model,
    fabric_image: 'https://example.com/velvet.jpg',
    upscale: false,
  },
  sketchtodress: {
    image: 'https://example.com/sketch.jpg',
    gender: 'female',
    mode: 'draw',
    improve_prompt: 'Red satin cocktail dress with shiny reflection',
  },
};

export const runContract = (tool: Tool): EndpointContract => ({
  summary: `${tools[tool].title}: submit a run`,
  request: schemas[tool],
  example: examples[tool],
  answers: { 200: { description: 'The run was accepted.', schema: runAnswerSchema } },
  refusals: [400, 401, 402, 403, 409, 413, 429],
});

export const statusContract = (tool: Tool): EndpointContract => ({
  summary: `${tools[tool].title}: the status of a run`,
  answers: { 200: { description: 'The run, whatever became of it.', schema: statusSchemas[tool] } },
  refusals: [401, 403, 404, 429],
});

export const tokensContract: EndpointContract = {
  summary: 'What is left of the account',
  answers: { 200: { description: 'Tokens that may be spent.', schema: tokensAnswerSchema } },
  refusals: [401, 403, 429],
};
