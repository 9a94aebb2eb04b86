import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** Integer milli-credits: exact in a JavaScript number up to nine billion credits. */
const credits = (name: string) => bigint(name, { mode: 'number' }).notNull();
const moment = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * Who owns jobs and credits. The balance lives here and nowhere else; the ledger tells how it came about.
 * Law 1 is a CHECK, so that no code path can break it and commit.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    granted: credits('granted').default(0),
    availableSubscription: credits('available_subscription').default(0),
    availableOnDemand: credits('available_on_demand').default(0),
    heldSubscription: credits('held_subscription').default(0),
    heldOnDemand: credits('held_on_demand').default(0),
    spent: credits('spent').default(0),
    /** Queued and running jobs, counted here so that a limit is checked under the same row lock as the balance. */
    activeJobs: integer('active_jobs').notNull().default(0),
    /** No other engine may step in for a model that is not there. */
    pinsAiModel: boolean('pins_ai_model').notNull().default(false),
  },
  (table) => [
    check(
      'accounts_nothing_negative',
      sql`${table.availableSubscription} >= 0 and ${table.availableOnDemand} >= 0 and ${table.heldSubscription} >= 0 and ${table.heldOnDemand} >= 0 and ${table.spent} >= 0 and ${table.activeJobs} >= 0`,
    ),
    check(
      'accounts_credits_add_up',
      sql`${table.granted} = ${table.availableSubscription} + ${table.availableOnDemand} + ${table.heldSubscription} + ${table.heldOnDemand} + ${table.spent}`,
    ),
  ],
);

/** Secrets for machines. Only the SHA-256 of a secret is kept: 256 random bits need no slow hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    /** The part of the key that may be shown again. */
    prefix: text('prefix').notNull(),
    secretHash: bytea('secret_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
    /** Set for a browser's token: the key it was made with, whose end is its own, and whose usage it counts as. */
    parentId: uuid('parent_id'),
    /** Of a token; a key has no end of its own. */
    expiresAt: moment('expires_at'),
  },
  (table) => [
    uniqueIndex('api_keys_secret_hash').on(table.secretHash),
    index('api_keys_account').on(table.accountId),
    index('api_keys_parent')
      .on(table.parentId)
      .where(sql`parent_id is not null`),
  ],
);

/** Append-only (a trigger refuses UPDATE, DELETE and TRUNCATE). Amounts are positive; `kind` says which way they went. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: uuid('account_id').notNull(),
    /** No foreign key: the record outlives the job. Null for grants. */
    jobId: uuid('job_id'),
    kind: text('kind', { enum: ['grant', 'hold', 'settle', 'release'] }).notNull(),
    subscription: credits('subscription'),
    onDemand: credits('on_demand'),
    reason: text('reason').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    check(
      'ledger_entries_nothing_negative',
      sql`${table.subscription} >= 0 and ${table.onDemand} >= 0`,
    ),
    /** A hold ends once. Partial, so that the hot path of submitting does not touch it. */
    uniqueIndex('ledger_entries_one_end')
      .on(table.jobId)
      .where(sql`kind in ('settle', 'release')`),
  ],
);

/** The one truth about a job, and the queue as well: see docs/decisions/0003. */
export const jobs = pgTable(
  'jobs',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id').notNull(),
    keyId: uuid('key_id').notNull(),
    dialect: text('dialect').notNull(),
    operation: text('operation').notNull(),
    /** Kept when the request is forgotten, for usage. Null in rows from before it existed and were forgotten by then. */
    capability: text('capability'),
    /** Jobs that were accepted together. */
    batchId: uuid('batch_id'),
    /** Canonical request; null once retention has ended, because prompts and addresses are inputs too. */
    request: jsonb('request'),
    price: credits('price'),
    charged: credits('charged').default(0),
    /** What is charged at most when another engine than the one asked for served. */
    fallbackPrice: bigint('fallback_price', { mode: 'number' }),
    fallbackUsed: boolean('fallback_used').notNull().default(false),
    heldSubscription: credits('held_subscription'),
    heldOnDemand: credits('held_on_demand'),
    delivery: text('delivery', { enum: ['address', 'base64'] }).notNull(),
    outputFormat: text('output_format', { enum: ['png', 'jpeg'] }).notNull(),
    webhookUrl: text('webhook_url'),
    status: text('status', {
      enum: ['queued', 'running', 'succeeded', 'failed', 'canceled'],
    })
      .notNull()
      .default('queued'),
    /** Not claimed before this. */
    notBefore: moment('not_before').notNull().defaultNow(),
    /** The number of the latest attempt and the fence: who completes a job must name it. */
    attempt: integer('attempt').notNull().default(0),
    /** Attempts that failed or were lost; one handed back by a draining worker does not count. */
    tries: integer('tries').notNull().default(0),
    leaseUntil: moment('lease_until'),
    deadline: moment('deadline').notNull(),
    /** The deadline is the caller's: past it the job is canceled; otherwise it fails. */
    cancelAtDeadline: boolean('cancel_at_deadline').notNull().default(false),
    cancelRequestedAt: moment('cancel_requested_at'),
    progress: real('progress').notNull().default(0),
    warnings: text('warnings')
      .array()
      .notNull()
      .default(sql`'{}'`),
    failure: jsonb('failure'),
    createdAt: moment('created_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
    /** Set when the job ends; after it the job is answered for no longer and its request is forgotten. */
    expiresAt: moment('expires_at'),
  },
  (table) => [
    index('jobs_claimable')
      .on(table.notBefore)
      .where(sql`status = 'queued'`),
    index('jobs_leased')
      .on(table.leaseUntil)
      .where(sql`status = 'running'`),
    index('jobs_to_forget')
      .on(table.expiresAt)
      .where(sql`request is not null and expires_at is not null`),
    /** Ids are made in the order of time: this is the list of an account's jobs, and its usage by day. */
    index('jobs_account').on(table.accountId, table.id),
    index('jobs_batch')
      .on(table.batchId)
      .where(sql`batch_id is not null`),
    index('jobs_overdue')
      .on(table.deadline)
      .where(sql`status = 'queued' and cancel_at_deadline`),
    check(
      'jobs_hold_is_the_price',
      sql`${table.heldSubscription} + ${table.heldOnDemand} = ${table.price}`,
    ),
  ],
);

/** One run of a job. Written when claimed, completed when it ended. */
export const attempts = pgTable(
  'attempts',
  {
    jobId: uuid('job_id').notNull(),
    number: integer('number').notNull(),
    workerId: text('worker_id').notNull(),
    startedAt: moment('started_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
    outcome: text('outcome', {
      enum: ['succeeded', 'failed', 'lost', 'handed-back', 'canceled'],
    }),
    engine: text('engine'),
    engineVersion: text('engine_version'),
    /** Every engine that was tried in this attempt, with its failure. */
    runs: jsonb('runs'),
    failure: jsonb('failure'),
    moderation: jsonb('moderation'),
    /** Milliseconds by stage. */
    timings: jsonb('timings'),
    warnings: text('warnings').array(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.number] })],
);

/** Pictures that came inside a request, kept in the object store until their job has ended. */
export const inputs = pgTable(
  'inputs',
  {
    storageKey: text('storage_key').primaryKey(),
    jobId: uuid('job_id').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('inputs_job').on(table.jobId), index('inputs_expiry').on(table.expiresAt)],
);

/** Outputs. `address` is null for base64 delivery: such bytes are never given one. */
export const artifacts = pgTable(
  'artifacts',
  {
    id: uuid('id').primaryKey(),
    jobId: uuid('job_id').notNull(),
    accountId: uuid('account_id').notNull(),
    position: integer('position').notNull(),
    storageKey: text('storage_key').notNull(),
    mime: text('mime').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    address: text('address'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('artifacts_position').on(table.jobId, table.position),
    uniqueIndex('artifacts_storage_key').on(table.storageKey),
    index('artifacts_expiry').on(table.expiresAt),
  ],
);

/** The repeat guard: the row on which a request and its retry meet. */
export const submissions = pgTable(
  'submissions',
  {
    keyId: uuid('key_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    contentHash: text('content_hash').notNull(),
    jobId: uuid('job_id').notNull(),
    /** The job whose answer got through to its caller, where calls do not wait for the end. */
    answeredJob: uuid('answered_job'),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** After this the row is of no use to anyone. */
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.fingerprint] })],
);

/** Webhooks that are owed. The body is rendered when sent: an ended job never changes. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    jobId: uuid('job_id').notNull(),
    accountId: uuid('account_id').notNull(),
    dialect: text('dialect').notNull(),
    /** Null for the address that came with the job; such deliveries are not signed. */
    endpointId: uuid('endpoint_id'),
    url: text('url').notNull(),
    tries: integer('tries').notNull().default(0),
    /** While it is being sent: the time after which its sender is taken for dead. */
    nextTryAt: moment('next_try_at').notNull().defaultNow(),
    createdAt: moment('created_at').notNull().defaultNow(),
    deliveredAt: moment('delivered_at'),
    abandonedAt: moment('abandoned_at'),
    /** The receiver's status, or what went wrong; never its body. */
    lastResult: text('last_result'),
  },
  (table) => [
    index('webhook_deliveries_job').on(table.jobId),
    index('webhook_deliveries_due')
      .on(table.nextTryAt)
      .where(sql`delivered_at is null and abandoned_at is null`),
  ],
);

/** Receivers that an account has named for all its jobs in our own dialect. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    url: text('url').notNull(),
    /** Encrypted: whoever reads the database alone can not sign. */
    sealedSecret: bytea('sealed_secret').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_endpoints_account').on(table.accountId)],
);

/** Pictures sent ahead of the jobs that use them. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    keyId: uuid('key_id').notNull(),
    storageKey: text('storage_key').notNull(),
    /** Whole size; counted against the quota from the beginning. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Bytes that have arrived, in pieces beside the storage key until all are there. */
    received: bigint('received', { mode: 'number' }).notNull(),
    mime: text('mime'),
    createdAt: moment('created_at').notNull().defaultNow(),
    completedAt: moment('completed_at'),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('uploads_account').on(table.accountId),
    uniqueIndex('uploads_storage_key').on(table.storageKey),
    index('uploads_expiry').on(table.expiresAt),
    check('uploads_not_overfull', sql`${table.received} between 0 and ${table.bytes}`),
  ],
);

/** Answers to requests that carried an Idempotency-Key, other than submissions, which have their own guard. */
export const replies = pgTable(
  'replies',
  {
    keyId: uuid('key_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    contentHash: text('content_hash').notNull(),
    /** Encrypted, because some answers hold a secret that is shown once; null while the first request is under way. */
    sealedReply: bytea('sealed_reply'),
    /** Who is at it; taken for dead after some time. */
    startedAt: moment('started_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.fingerprint] }),
    index('replies_expiry').on(table.expiresAt),
  ],
);

/** Saved fashion models of an account. They are kept until they are deleted. */
export const rosterModels = pgTable(
  'roster_models',
  {
    id: text('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    /** What the account says of this person. */
    prompt: text('prompt'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('roster_models_name').on(table.accountId, table.name)],
);

/** The pictures of saved models; bytes lie in the object store. */
export const rosterPictures = pgTable(
  'roster_pictures',
  {
    id: uuid('id').primaryKey(),
    modelId: text('model_id')
      .notNull()
      .references(() => rosterModels.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id').notNull(),
    role: text('role', { enum: ['portrait', 'sheet'] }).notNull(),
    storageKey: text('storage_key').notNull(),
    mime: text('mime').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [
    uniqueIndex('roster_pictures_role').on(table.modelId, table.role),
    uniqueIndex('roster_pictures_storage_key').on(table.storageKey),
  ],
);
