import type { ObjectStore } from '../assets/object-store.ts';
import { isId } from '../db/id.ts';
import type { Database } from '../db/open.ts';
import { cancelJob, findJob, listJobs } from '../db/queries/jobs.ts';
import { rowOf, rowsOf } from '../db/run.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createJobEndings } from './endings.ts';
import { deleteInputs } from './inputs.ts';
import { defaultPolicy, type JobPolicy, retentionEnd } from './policy.ts';
import type { Jobs } from './port.ts';
import { canceledRowSchema, jobRowSchema } from './rows.ts';
import type { Signals } from './signals.ts';
import { createSubmit } from './submit.ts';
import { createSubmitBatch } from './submit-batch.ts';
import { viewOf } from './view.ts';
import { createWaitFor } from './wait.ts';
import { createWatch } from './watch.ts';

/**
 * The port that dialects speak to, over the jobs table.
 * `policy` needs to agree with the workers' only in `timeLimitSeconds`, which is fixed at submission.
 */
export function createJobs({
  database,
  store,
  signals,
  logger,
  policy = defaultPolicy,
}: {
  database: Database;
  store: ObjectStore;
  signals: Signals;
  logger: Logger;
  policy?: JobPolicy;
}): Jobs {
  const endings = createJobEndings(signals);

  const find: Jobs['find'] = async (accountId, dialect, jobId) => {
    if (!isId(jobId)) return null;
    const query = findJob(accountId, dialect, jobId);
    const [row] = await rowsOf(database.pool, query, jobRowSchema);
    return row ? viewOf(row, store) : null;
  };

  return {
    submit: createSubmit({ database, store, signals, logger, policy }),
    submitBatch: createSubmitBatch({ database, store, signals, logger, policy }),
    find,

    async list(filter) {
      const { before, batchId } = filter;
      if (before !== undefined && !isId(before)) return [];
      if (batchId !== undefined && !isId(batchId)) return [];
      const rows = await rowsOf(database.pool, listJobs(filter), jobRowSchema);
      const views = await Promise.all(rows.map((row) => viewOf(row, store)));
      return views.filter((view) => view !== null);
    },

    watch: createWatch({ database, signals, logger }),
    waitFor: createWaitFor(find, endings),

    async cancel(accountId, jobId) {
      if (!isId(jobId)) return false;
      const query = cancelJob(accountId, jobId, retentionEnd('address'));
      const { reached } = await rowOf(database.pool, query, canceledRowSchema);
      if (reached === 'requested') signals.tell({ kind: 'cancel-requested', jobId });
      if (reached === 'canceled') {
        signals.tell({ kind: 'ended', jobId });
        await deleteInputs(database, store, jobId).catch((error: unknown) => {
          logger.warn({ err: error, jobId }, 'inputs are left to the sweeper');
        });
      }
      return reached !== null;
    },

    onEnded: (jobId, listener) => endings.listen(jobId, listener),
  };
}
