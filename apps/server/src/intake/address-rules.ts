import ipaddr from 'ipaddr.js';

/** What an operator lets intake and webhooks reach although it is private: `TOILE_FETCH_ALLOW`, parsed. */
export interface AllowList {
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly AddressRange[];
}

type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

const hostForm = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Entries are host names, addresses or CIDR ranges. Throws, naming the entry that is none of them. */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const ranges: AddressRange[] = [];
  for (const entry of entries) {
    const range = parseRange(bareHost(entry.trim()));
    if (range !== null) ranges.push(range);
    else if (hostForm.test(bareHost(entry.trim()))) hosts.add(bareHost(entry.trim()));
    else throw new Error(`not a host name, an address or a CIDR range: ${JSON.stringify(entry)}`);
  }
  return { hosts, ranges };
}

function parseRange(text: string): AddressRange | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Without the brackets of an IPv6 literal and the dot that ends a full name; in lower case. */
export const bareHost = (host: string): string =>
  host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

export const isAddress = (text: string): boolean =>
  ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);

/** Whether a connection to `address`, found under the name `host`, may be made. */
export const mayConnect = (allow: AllowList, host: string, address: string): boolean =>
  isPublic(address) || allow.hosts.has(bareHost(host)) || inRanges(allow.ranges, address);

function inRanges(ranges: readonly AddressRange[], text: string): boolean {
  if (!isAddress(text)) return false;
  const address = ipaddr.process(text);
  return ranges.some(
    ([start, bits]) => address.kind() === start.kind() && address.match([start, bits]),
  );
}

/** The only part of IPv6 that is given out to the public internet (IANA registry). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
/** How an IPv6-only network reaches IPv4 (RFC 6052). */
const nat64: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
 * Whether an address belongs to the public internet. Everything that a registry sets apart is refused: loopback, private,
 * link-local (cloud metadata with it), carrier NAT, multicast, documentation, benchmark and reserved ranges, tunnels
 * (6to4, Teredo); an IPv4 address inside an IPv6 one (mapped, NAT64) is judged by itself. What is no address is refused.
 */
export function isPublic(text: string): boolean {
  if (!isAddress(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (address.match(nat64)) {
    return new ipaddr.IPv4(address.toByteArray().slice(12)).range() === 'unicast';
  }
  return address.match(globalUnicast) && address.range() === 'unicast';
}
