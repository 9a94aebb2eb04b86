import { z } from 'zod';
import type { CapabilityName } from '../../capabilities/index.ts';
import { presetCatalog } from '../../direction/catalog.ts';
import type { Endpoint } from '../dialect.ts';
import { contracts } from './contracts.ts';
import type { EngineHealth, ToileDependencies } from './ports.ts';
import type { ToileSettings } from './settings.ts';
import { requestSchemas } from './wire/requests.ts';

const summaries = {
  'try-on': 'Dress the person of a photo in a garment.',
  'product-to-model': 'Show a product on a person who is made for it.',
  'face-to-model': 'Extend a face into a fashion model.',
  'model-create': 'Make a fashion model from words.',
  'model-swap': 'Replace the person and keep outfit and pose.',
  editorial: 'Photograph one to four people in given garments, as a direction says.',
  variations: 'Make siblings of a picture.',
  edit: 'Change a picture as words say.',
  relight: 'Light a picture anew.',
  upscale: 'Enlarge a picture.',
  'fabric-change': 'Make a worn garment of another fabric.',
  'sketch-to-garment': 'Turn a fashion sketch into a photo of the garment.',
  reframe: 'Bring a picture to another ratio.',
  'background-change': 'Put the subject in another place.',
  'background-remove': 'Cut the subject out.',
  'image-to-video': 'Set a picture in motion.',
} as const satisfies Record<CapabilityName, string>;

/** What can be asked for, and who would do it. */
export function catalogEndpoints(
  { engines }: Pick<ToileDependencies, 'engines'>,
  { limits }: ToileSettings,
): Endpoint[] {
  /** Made when first asked for, and the same from then on. */
  let known: readonly object[] | null = null;
  const capabilities = (): readonly object[] => (known ??= [...requestSchemas].map(describe));
  const describe = ([name, schema]: [CapabilityName, z.ZodObject]): object => {
    const able = engines.engines.filter((engine) => engine.capabilities.includes(name));
    return {
      name,
      summary: summaries[name],
      available: able.length > 0,
      engines: able.map((engine) => engine.name),
      request: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    };
  };

  const reading = { method: 'GET', bucket: 'read', limit: limits.read, scope: 'read' } as const;
  return [
    {
      ...reading,
      name: 'capabilities',
      path: '/toile/v1/capabilities',
      contract: contracts.capabilities,
      handle: async () => ({ status: 200, body: { capabilities: capabilities() } }),
    },
    {
      ...reading,
      name: 'presets',
      path: '/toile/v1/presets',
      contract: contracts.presets,
      handle: async () => ({ status: 200, body: { vocabularies } }),
    },
    {
      ...reading,
      name: 'engines',
      path: '/toile/v1/engines',
      contract: contracts.engines,
      async handle() {
        const health = await engines.health();
        return {
          status: 200,
          body: {
            engines: engines.engines.map(({ aiModels, ...engine }) => ({
              ...engine,
              models: aiModels,
              health: judged(health.get(engine.name) ?? { succeeded: 0, failed: 0 }),
            })),
          },
        };
      },
    },
  ];
}

const vocabularies = Object.entries(presetCatalog).map(([field, { open, presets }]) => ({
  field,
  open,
  presets: Object.entries(presets).map(([id, { words }]) => ({ id, words })),
}));

/** More than every second attempt breaking is no accident. */
const judged = ({ succeeded, failed }: EngineHealth) => ({
  status: succeeded + failed === 0 ? 'unknown' : failed > succeeded ? 'failing' : 'good',
  succeeded,
  failed,
});
