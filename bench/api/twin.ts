import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * What the machine gives at most: the same HTTP library and database with nothing of ours between them. A poll is one
 * prepared select by primary key, a submission one transaction of three inserts.
 */
export async function startTwin(databaseUrl: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  pool.on('error', () => undefined);
  await pool.query(`
    create table if not exists twin_jobs (id uuid primary key, state text not null, body jsonb not null);
    create table if not exists twin_holds (id uuid primary key, amount bigint not null);
    create table if not exists twin_messages (id uuid primary key, job_id uuid not null);`);
  const app = Fastify();
  app.get<{ Params: { id: string } }>('/v1/status/:id', async ({ params }) => {
    const { rows } = await pool.query({
      name: 'poll',
      text: 'select id, state, body from twin_jobs where id = $1',
      values: [params.id],
    });
    return rows[0];
  });
  app.post('/v1/run', async ({ body }) => {
    const id = randomUUID();
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query({
        name: 'job',
        text: 'insert into twin_jobs values ($1, $2, $3)',
        values: [id, 'queued', body],
      });
      await client.query({
        name: 'hold',
        text: 'insert into twin_holds values ($1, $2)',
        values: [id, 1000],
      });
      await client.query({
        name: 'message',
        text: 'insert into twin_messages values ($1, $2)',
        values: [randomUUID(), id],
      });
      await client.query('commit');
    } finally {
      client.release();
    }
    return { id, error: null };
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}
