import type { ImageSource } from '../../capabilities/image-source.ts';
import type { GivenPicture, Roster, RosterModel, RosterRefusal } from '../../roster/port.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import type { PictureTaker } from '../read-pictures.ts';
import { apiError } from './errors.ts';
import { readBody } from './read-order.ts';
import { modelSchema } from './wire.ts';

type Handler = (request: DialectRequest) => Promise<Reply>;

/** What the roster answers, as Auto Toon's clients know a saved model. */
export function createModelCalls(
  roster: Roster,
): Readonly<Record<'list' | 'create' | 'remove', Handler>> {
  return {
    async list({ principal }: DialectRequest): Promise<Reply> {
      const models = await roster.list(principal.accountId);
      return { status: 200, body: { models: models.map(renderModel) } };
    },

    async create(request: DialectRequest): Promise<Reply> {
      const body = readBody(request, modelSchema);
      if (!body.ok) return apiError('BAD_REQUEST', body.failure);
      const { fields, take } = body.value;
      const portrait = given(take, take.take('imageUrl', fields.imageUrl));
      const source = take.takeIfGiven('characterSheetUrl', fields.characterSheetUrl);
      const sheet = source === undefined ? null : given(take, source);
      if (take.fault !== null) return apiError('BAD_REQUEST', take.fault);
      const { name, prompt = null } = fields;
      const made = await roster.create(request.principal.accountId, {
        name,
        prompt,
        portrait,
        sheet,
      });
      return made.ok
        ? { status: 200, body: renderModel(made.value) }
        : renderRefusal(made.failure, name);
    },

    async remove({ principal, parameters }: DialectRequest): Promise<Reply> {
      const removed = await roster.delete(principal.accountId, parameters['id'] ?? '');
      return removed
        ? { status: 200, body: { success: true } }
        : apiError('NOT_FOUND', 'No saved model of this account has this id.');
    },
  };
}

function renderModel(model: RosterModel): object {
  return {
    id: model.id,
    name: model.name,
    imageUrl: model.portrait.address,
    prompt: model.prompt,
    characterSheetUrl: model.sheet?.address ?? null,
    createdAt: model.createdAt.toISOString(),
  };
}

function given(take: PictureTaker, source: ImageSource): GivenPicture {
  if (source.from !== 'upload') return { source };
  const bytes = take.inline.bytesOf(source);
  if (bytes === null) throw new Error('a picture is in none of the places it can come from');
  return { bytes };
}

const fieldOf = { portrait: 'imageUrl', sheet: 'characterSheetUrl' } as const;

function renderRefusal(refusal: RosterRefusal, name: string): Reply {
  switch (refusal.kind) {
    case 'picture': {
      const { role, failure } = refusal;
      return apiError('BAD_REQUEST', failure.message.replaceAll(`${role} image`, fieldOf[role]));
    }
    case 'name-taken':
      return apiError(
        'BAD_REQUEST',
        `A model named ${JSON.stringify(name)} is saved already; take another name, or delete it first.`,
      );
    case 'full':
      return apiError(
        'BAD_REQUEST',
        `This account has ${refusal.limit} models already; delete one first.`,
      );
  }
}
