import type { GivenPicture, RosterModel, RosterRefusal } from '../../roster/port.ts';
import type { DialectRequest, Endpoint, InboundBody, Reply } from '../dialect.ts';
import { classifyImageString, decodeInlineImage } from '../../capabilities/image-string.ts';
import { forKeys } from './account.ts';
import { contracts } from './contracts.ts';
import { createOnce } from './idempotent.ts';
import type { ToileDependencies } from './ports.ts';
import { notFound, problem } from './problems.ts';
import { readBody } from './read-json.ts';
import type { ToileSettings } from './settings.ts';
import { createModelSchema } from './wire/resources.ts';

/** The roster: people whom an account has saved. */
export function modelEndpoints(
  { roster, replies }: Pick<ToileDependencies, 'roster' | 'replies'>,
  { limits }: ToileSettings,
): Endpoint[] {
  const once = createOnce(replies);

  const create = (request: DialectRequest): Promise<Reply> =>
    once(request, async () => {
      const read = readBody(request, createModelSchema);
      if (!read.ok) return read.reply;
      const { name, prompt, portrait, sheet } = read.value;
      const pictures = request.body?.pictures ?? new Map();
      const given = {
        portrait: pictureOf(portrait, pictures),
        sheet: sheet ? pictureOf(sheet, pictures) : null,
      };
      if (given.portrait === null || (sheet && given.sheet === null)) {
        const field = given.portrait === null ? 'portrait' : 'sheet';
        return problem(
          'invalid-request',
          `${field} must be the http(s) address of a picture or base64 image data.`,
        );
      }
      const outcome = await roster.create(request.principal.accountId, {
        name,
        prompt: prompt ?? null,
        portrait: given.portrait,
        sheet: given.sheet,
      });
      if (!outcome.ok) return refusalOf(outcome.failure);
      return {
        status: 201,
        headers: { location: `/toile/v1/models/${outcome.value.id}` },
        body: renderModel(outcome.value),
      };
    });

  const reading = { bucket: 'read', limit: limits.read, scope: 'read' } as const;
  const managing = { bucket: 'manage', limit: limits.manage, scope: 'run' } as const;
  return [
    {
      ...reading,
      name: 'list-models',
      method: 'GET',
      path: '/toile/v1/models',
      contract: contracts.models,
      handle: forKeys(async ({ principal }) => {
        const models = await roster.list(principal.accountId);
        return { status: 200, body: { models: models.map(renderModel) } };
      }),
    },
    {
      ...managing,
      name: 'create-model',
      method: 'POST',
      path: '/toile/v1/models',
      contract: contracts.createModel,
      handle: forKeys(create),
    },
    {
      ...reading,
      name: 'find-model',
      method: 'GET',
      path: '/toile/v1/models/:id',
      contract: contracts.model,
      handle: forKeys(async ({ principal, parameters }) => {
        const model = await roster.find(principal.accountId, parameters['id'] ?? '');
        return model === null ? notFound('model') : { status: 200, body: renderModel(model) };
      }),
    },
    {
      ...managing,
      name: 'delete-model',
      method: 'DELETE',
      path: '/toile/v1/models/:id',
      contract: contracts.deleteModel,
      handle: forKeys(async ({ principal, parameters }) => {
        const removed = await roster.delete(principal.accountId, parameters['id'] ?? '');
        return removed ? { status: 204, body: undefined } : notFound('model');
      }),
    },
  ];
}

function pictureOf(text: string, pictures: InboundBody['pictures']): GivenPicture | null {
  const taken = pictures.get(text);
  if (taken !== undefined) return { bytes: taken };
  const image = classifyImageString(text);
  if (image.form === 'address') return { source: { from: 'url', url: image.url } };
  const bytes = decodeInlineImage(text);
  return bytes === null || bytes.byteLength === 0 ? null : { bytes };
}

function refusalOf(refusal: RosterRefusal): Reply {
  switch (refusal.kind) {
    case 'picture':
      return problem('picture-refused', refusal.failure.message);
    case 'name-taken':
      return problem('name-taken', 'Another saved model has this name; choose another one.');
    case 'full':
      return problem(
        'limit-reached',
        `An account may save ${refusal.limit} models; delete one first.`,
      );
  }
}

const renderModel = (model: RosterModel) => ({
  id: model.id,
  name: model.name,
  picture: `saved:${model.name}`,
  prompt: model.prompt,
  portraitUrl: model.portrait.address,
  sheetUrl: model.sheet?.address ?? null,
  createdAt: model.createdAt.toISOString(),
});
