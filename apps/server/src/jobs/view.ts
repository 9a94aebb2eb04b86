import type { ObjectStore } from '../assets/object-store.ts';
import type { JobView, OutputView } from './port.ts';
import type { JobRow } from './rows.ts';

/** Null when the bytes of a base64 output are gone already, which is to say that its retention has ended. */
export async function viewOf(row: JobRow, store: ObjectStore): Promise<JobView | null> {
  const state = await stateOf(row, store);
  if (!state) return null;
  return {
    id: row.id,
    dialect: row.dialect,
    operation: row.operation,
    keyId: row.key_id,
    batchId: row.batch_id,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    expiresAt: row.expires_at,
    fallbackUsed: row.fallback_used,
    charged: row.charged,
    price: row.price,
    warnings: row.warnings,
    state,
  };
}

async function stateOf(row: JobRow, store: ObjectStore): Promise<JobView['state'] | null> {
  switch (row.status) {
    case 'queued':
    case 'canceled':
      return { status: row.status };
    case 'running':
      return { status: 'running', progress: row.progress };
    case 'failed':
      if (!row.failure) throw new Error(`job ${row.id} failed without a failure`);
      return { status: 'failed', failure: row.failure };
    case 'succeeded': {
      const outputs = await Promise.all(
        (row.outputs ?? []).map((output) => outputOf(output, store)),
      );
      const present = outputs.filter((output) => output !== null);
      return present.length === outputs.length ? { status: 'succeeded', outputs: present } : null;
    }
  }
}

type OutputRow = NonNullable<JobRow['outputs']>[number];

async function outputOf(row: OutputRow, store: ObjectStore): Promise<OutputView | null> {
  const { address, mime, width, height } = row;
  if (address !== null) return { kind: 'address', address, mime, width, height, bytes: row.bytes };
  const bytes = await store.get(row.storageKey);
  if (!bytes) return null;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { kind: 'base64', dataUri: `data:${row.mime};base64,${base64}` };
}
