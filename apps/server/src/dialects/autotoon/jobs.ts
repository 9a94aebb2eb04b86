import type { Jobs, JobView } from '../../jobs/port.ts';
import type { DialectRequest, Reply } from '../dialect.ts';
import { dialect } from './calls.ts';
import { apiError } from './errors.ts';
import { isJobId, jobIdOfVideo, renderJob, renderVideo, videoIdOf } from './render.ts';

const pageSize = 100;
const videos = 'video';

type Handler = (request: DialectRequest) => Promise<Reply>;

/** What is asked about jobs: videos, and the job of a call that went without its answer. */
export function createJobCalls(
  jobs: Pick<Jobs, 'find' | 'list'>,
): Readonly<Record<'video' | 'videos' | 'job', Handler>> {
  const page = (accountId: string, limit: number, before?: string): Promise<readonly JobView[]> =>
    jobs.list({ accountId, dialect, operation: videos, limit, before });

  const all = async (accountId: string): Promise<JobView[]> => {
    const found: JobView[] = [];
    for (;;) {
      const next = await page(accountId, pageSize, found.at(-1)?.id);
      found.push(...next);
      if (next.length < pageSize) return found;
    }
  };

  return {
    async video({ principal, parameters }: DialectRequest): Promise<Reply> {
      const jobId = jobIdOfVideo(parameters['id'] ?? '');
      const job = jobId === null ? null : await jobs.find(principal.accountId, dialect, jobId);
      return job === null || job.operation !== videos
        ? apiError('NOT_FOUND', 'No video of this account has this id; it may have expired.')
        : { status: 200, body: renderVideo(job) };
    },

    /** All of them, newest first; `limit` and `cursor` change nothing when they are left out. */
    async videos({ principal, query }: DialectRequest): Promise<Reply> {
      const limit = query.get('limit');
      const cursor = query.get('cursor');
      if (limit === null && cursor === null) {
        const found = await all(principal.accountId);
        return { status: 200, body: { videos: found.map(renderVideo) } };
      }
      const most = Number(limit ?? pageSize);
      if (!Number.isInteger(most) || most < 1 || most > pageSize) {
        return apiError('BAD_REQUEST', `limit must be an integer between 1 and ${pageSize}.`);
      }
      const before = cursor === null ? undefined : jobIdOfVideo(cursor);
      if (before === null) {
        return apiError('BAD_REQUEST', 'cursor must be the nextCursor of an answer.');
      }
      const found = await page(principal.accountId, most, before);
      const last = found.length === most ? found.at(-1) : undefined;
      return {
        status: 200,
        body: {
          videos: found.map(renderVideo),
          nextCursor: last === undefined ? null : videoIdOf(last.id),
        },
      };
    },

    async job({ principal, parameters }: DialectRequest): Promise<Reply> {
      const id = (parameters['id'] ?? '').toLowerCase();
      const job = isJobId(id) ? await jobs.find(principal.accountId, dialect, id) : null;
      return job === null
        ? apiError('NOT_FOUND', 'No job of this account has this id; it may have expired.')
        : { status: 200, body: renderJob(job) };
    },
  };
}
