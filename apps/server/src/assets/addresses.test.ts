import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddresses } from './addresses.ts';

const secret = Buffer.alloc(32, 7);
const addresses = createAddresses({ publicUrl: 'https://toile.example/base/', secret });
const artifact = {
  artifactId: '0d5cbd64-4f3b-4f3f-9a29-1c2f37a5b1cb',
  name: 'output_0.png',
  expiresAt: new Date('2026-12-01T00:00:00.500Z'),
};

describe('addresses of artifacts', () => {
  it('are absolute, end in the real extension and are the same at every call', () => {
    const address = addresses.sign(artifact);
    expect(address).toMatch(
      /^https:\/\/toile\.example\/base\/artifacts\/0d5c[^?]+\/output_0\.png$/,
    );
    expect(addresses.sign(artifact)).toBe(address);
  });

  it('are recognised with everything that was signed, for any artifact', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,30}$/);
    const date = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(word, word, date, (artifactId, name, expiresAt) => {
        fc.pre(artifactId !== '.' && name !== '.');
        const found = addresses.recognise(addresses.sign({ artifactId, name, expiresAt }));
        expect(found).toEqual({
          kind: 'artifact',
          artifactId,
          name,
          expiresAt: new Date(Math.ceil(expiresAt.getTime() / 1000) * 1000),
          signed: true,
        });
      }),
    );
  });

  it('are unsigned as soon as any character of id, expiry, signature or name is another', () => {
    const address = addresses.sign(artifact);
    const start = address.indexOf('/artifacts/') + '/artifacts/'.length;
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: address.length - 1 }),
        fc.stringMatching(/^[A-Za-z0-9_-]$/),
        (at, character) => {
          fc.pre(address[at] !== character);
          const changed = address.slice(0, at) + character + address.slice(at + 1);
          const found = addresses.recognise(changed);
          expect(found?.kind === 'artifact' && found.signed).toBe(false);
        },
      ),
    );
  });

  it('are unsigned under another secret', () => {
    const other = createAddresses({
      publicUrl: 'https://toile.example/base',
      secret: Buffer.alloc(32, 8),
    });
    expect(other.recognise(addresses.sign(artifact))).toMatchObject({ signed: false });
  });

  it('knows its samples, and leaves what is not on its origin to others', () => {
    expect(addresses.recognise(addresses.sample('tee.png'))).toEqual({
      kind: 'sample',
      name: 'tee.png',
    });
    expect(addresses.recognise('https://toile.example/base/v1/run')).toEqual({ kind: 'other' });
    expect(addresses.recognise('https://toile.example/samples/tee.png')).toBeNull();
    expect(addresses.recognise('http://toile.example/base/samples/tee.png')).toBeNull();
    expect(addresses.recognise('https://toile.example:444/base/samples/tee.png')).toBeNull();
    expect(addresses.recognise('https://toile.example@evil.example/base/samples/x')).toBeNull();
    expect(addresses.recognise('not a url')).toBeNull();
    expect(addresses.recognise('https://toile.example/base/samples/%E0%A4%A')).toEqual({
      kind: 'other',
    });
  });
});
