import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublic, mayConnect, parseAllowList } from './address-rules.ts';

const privateAddresses = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
];

describe('addresses that strangers may name', () => {
  it.each(privateAddresses)('refuse %s, also inside an IPv6 address', (address) => {
    const hex = address
      .split('.')
      .map((octet) => Number(octet).toString(16).padStart(2, '0'))
      .join('')
      .replace(/(....)(....)/, '$1:$2');
    for (const form of [
      address,
      `::ffff:${address}`,
      `::ffff:${hex}`,
      `0:0:0:0:0:ffff:${hex}`,
      `::${hex}`,
      `::ffff:0:${hex}`,
      `64:ff9b::${hex}`,
      `64:ff9b:1::${hex}`,
      `2002:${hex}::1`,
    ]) {
      expect(isPublic(form), form).toBe(false);
    }
  });

  it.each([
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002::1',
    '3fff::1',
    '5f00::1',
    '4000::1',
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
  ])('refuse %j', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('allow %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it('judge an IPv4 address the same whether or not it is mapped into IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublic(`::ffff:${address}`)).toBe(isPublic(address));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the allow-list', () => {
  const allow = parseAllowList([
    'Intranet.example.',
    '10.1.0.0/16',
    '127.0.0.1',
    'fd12::/16',
    '[::1]',
  ]);

  it('opens private addresses by range, in either spelling', () => {
    expect(mayConnect(allow, 'a.example', '10.1.2.3')).toBe(true);
    expect(mayConnect(allow, 'a.example', '::ffff:10.1.2.3')).toBe(true);
    expect(mayConnect(allow, 'a.example', '10.2.0.1')).toBe(false);
    expect(mayConnect(allow, 'a.example', 'fd12::5')).toBe(true);
    expect(mayConnect(allow, 'a.example', '::1')).toBe(true);
    expect(mayConnect(allow, 'a.example', '127.0.0.2')).toBe(false);
  });

  it('opens whatever an allowed name resolves to, and only for that name', () => {
    expect(mayConnect(allow, 'INTRANET.example', '192.168.0.9')).toBe(true);
    expect(mayConnect(allow, 'sub.intranet.example', '192.168.0.9')).toBe(false);
  });

  it.each(['10.0.0.0/33', 'http://a.example', 'a b', '*', ''])(
    'does not understand %j',
    (entry) => {
      expect(() => parseAllowList([entry])).toThrow('not a host name');
    },
  );
});
