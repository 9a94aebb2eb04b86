import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

const secret = randomBytes(32).toString('base64url');
const key = `fa-0123456789ab-${randomBytes(32).toString('hex')}`;
const signed = `http://127.0.0.1:4040/artifacts/one.png?expires=1&signature=${secret}`;
const picture = `data:image/png;base64,${randomBytes(600).toString('base64')}`;
const prompt = 'a very private wish';

const logged = (log: (logger: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  log(createLogger({ level: 'trace', destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
};

describe('logger', () => {
  it('writes what happened, with its fields', () => {
    const line = logged((logger) => logger.info({ jobId: 'j1', ms: 12.5 }, 'job succeeded'));
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      msg: 'job succeeded',
      jobId: 'j1',
      ms: 12.5,
    });
  });

  const databaseError = Object.assign(
    new Error(`Failed query: insert into jobs\nparams: 1,${prompt}`),
    {
      detail: `Key (prompt)=(${prompt}) already exists.`,
      parameters: [prompt],
    },
  );
  const careless: [string, unknown[]][] = [
    ['a key in a message', [`no account for ${key}`]],
    ['a key in a field', [{ apiKey: key }, 'refused']],
    ['a key in a nested field of another name', [{ seen: { by: [key] } }]],
    ['a key interpolated', ['no account for %s', key]],
    ['an authorization header', [{ headers: { authorization: `Bearer ${secret}` } }]],
    ['a bearer token in a message', [`sent Bearer ${secret}`]],
    ['a signed address', [`serving ${signed}`]],
    ['a signed address in a field', [{ address: signed }]],
    ['a URL object', [{ address: new URL(signed) }]],
    ['a password in an address', [`connecting to postgresql://toile:${secret}@localhost/db`]],
    ['a data URI', [`fetching ${picture}`]],
    ['bare base64', [{ value: picture.slice(22) }]],
    [
      'base64 with a long stretch of letters in it',
      [{ value: `${'/ab+'.repeat(20)}${'x'.repeat(50)}${picture.slice(22)}` }],
    ],
    ['the secret of a webhook endpoint', [`made whsec_ab/${secret}+/cd`]],
    ['image bytes', [{ bytes: Buffer.from(secret) }]],
    ['a prompt', [{ request: { prompt } }]],
    ['a prompt deep in a job', [{ job: { work: { prompt } } }]],
    ['an error of the SQL library', [databaseError]],
    ['an error under err', [{ err: databaseError }, 'could not submit']],
    ['an error as a cause', [new Error('could not submit', { cause: databaseError })]],
  ];

  for (const level of ['trace', 'info', 'error'] as const) {
    it.each(careless)(`keeps %s out at ${level}`, (_, args) => {
      const output = logged((logger) => Reflect.apply(logger[level], logger, args));
      expect(output).not.toContain(secret);
      expect(output).not.toContain(key.slice(-64));
      expect(output).not.toContain(prompt);
      expect(output).not.toContain(picture.slice(30, 60));
      expect(output).toContain('"level"');
    });
  }

  it('keeps secrets out of what a child logger repeats', () => {
    const output = logged((logger) => logger.child({ key, address: signed }).info('ready'));
    expect(output).not.toContain(secret);
  });

  it('lets the path of a file stand', () => {
    const path = '/srv/some/quite/long/folder/of/an/installation/storage/outputs/one.png';
    expect(logged((logger) => logger.warn(`cannot write ${path}`))).toContain(path);
  });

  it('says where an error came from', () => {
    const line = logged((logger) => logger.error(new TypeError('no such thing')));
    expect(JSON.parse(line)).toMatchObject({
      err: { type: 'TypeError', message: 'no such thing' },
      msg: 'no such thing',
    });
    expect(line).toContain('logger.test.ts');
  });

  it('stays quick on a huge text', () => {
    const started = performance.now();
    logged((logger) => logger.info('x'.repeat(5_000_000)));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
