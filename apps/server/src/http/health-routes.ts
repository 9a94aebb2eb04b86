import type { FastifyInstance } from 'fastify';

/** What `/readyz` asks. */
export interface Health {
  /** Looks at every part that an accepted job needs; a part that fails is told apart by name. Never throws. */
  check(): Promise<Readiness>;
}

export interface Readiness {
  readonly ready: boolean;
  /** `database`, `storage`, `worker`: whether it works. Open to the world, so no reasons. */
  readonly parts: Readonly<Record<string, 'ok' | 'failing'>>;
}

/** Answers are good for so long: whoever asks without a key can not make the database busy. */
const readinessKeptMs = 1000;

/** `GET /healthz`: the process answers. `GET /readyz`: it could do work now (503 otherwise). */
export function addHealthRoutes(app: FastifyInstance, health: Health): void {
  let latest: Promise<Readiness> | null = null;
  let checkedAt = -Infinity;
  const readiness = (): Promise<Readiness> => {
    const now = performance.now();
    if (latest === null || now - checkedAt > readinessKeptMs) {
      checkedAt = now;
      latest = health.check();
    }
    return latest;
  };

  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_, reply) => {
    const { ready, parts } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', ...parts });
  });
}
