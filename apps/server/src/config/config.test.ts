import { isAbsolute, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { editDistance, nearestName } from '../failures/nearest-name.ts';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4040,
      publicUrl: 'http://127.0.0.1:4040',
      databaseUrl: null,
    });
    expect(isAbsolute(config.home)).toBe(true);
    expect(config.storageFolder).toBe(join(config.home, 'storage'));
  });

  it('can not be changed after it was read', () => {
    const config = readConfig({ TOILE_FETCH_ALLOW: 'localhost' });
    expect(Object.isFrozen(config) && Object.isFrozen(config.fetchAllow)).toBe(true);
  });

  it('takes a variable set to nothing for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({
      port: 4040,
      databaseUrl: null,
    });
  });

  it('splits the hosts that may be fetched from', () => {
    expect(readConfig({ TOILE_FETCH_ALLOW: 'cdn.local, 10.0.0.0/8,' }).fetchAllow).toEqual([
      'cdn.local',
      '10.0.0.0/8',
    ]);
  });

  it('reads a rate as requests in seconds, or none', () => {
    const { rates, accountConcurrency } = readConfig({
      TOILE_RUN_RATE: '100/60',
      TOILE_STATUS_RATE: 'none',
      TOILE_ACCOUNT_CONCURRENCY: 'none',
    });
    expect(rates).toEqual({
      run: { requests: 100, seconds: 60 },
      status: null,
      credits: { requests: 30, seconds: 10 },
    });
    expect(accountConcurrency).toBeNull();
    expect(problemsOf({ TOILE_RUN_RATE: 'fast' })).toEqual([
      'TOILE_RUN_RATE must be requests/seconds, such as 50/60, or none',
    ]);
  });

  it('refuses an unknown TOILE_ name and offers the nearest right one', () => {
    expect(problemsOf({ TOILE_HOEM: '/x' })).toEqual([
      'TOILE_HOEM is not a setting; did you mean TOILE_HOME?',
    ]);
    expect(problemsOf({ TOILE_FETCH_ALOW: 'x' })).toEqual([
      'TOILE_FETCH_ALOW is not a setting; did you mean TOILE_FETCH_ALLOW?',
    ]);
  });

  it('leaves the variables of other programs alone', () => {
    expect(problemsOf({ PATH: '/bin', TOIL: 'x' })).toEqual([]);
  });

  it('names every problem at once, without repeating a value', () => {
    const problems = problemsOf({
      PORT: 'http',
      STORAGE_URL: 's3://bucket',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
    });
    expect(problems).toEqual([
      'PORT must be a whole number',
      'DATABASE_URL must begin with postgres:// or postgresql://',
      'STORAGE_URL must be a file:// address with an absolute path; a bucket can not be used yet',
    ]);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:4040'],
    [{ HOST: '::1', PORT: '80' }, 'http://[::1]:80'],
    [{ PUBLIC_URL: 'https://shop.example/toile/' }, 'https://shop.example/toile'],
  ])('builds the public address from %j', (environment, expected) => {
    expect(readConfig(environment).publicUrl).toBe(expected);
  });
});

describe('nearest name', () => {
  it('measures a distance: zero to itself, the same both ways, never longer by a detour', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });

  it('knows nothing to offer when there is nothing', () => {
    expect(nearestName('x', [])).toBeUndefined();
  });
});
