import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What stands for one client when wrong keys are counted: its IPv4 address, or the /64 of its IPv6 address,
 * for whoever has one IPv6 address usually has 2^64 of them.
 */
export function clientOf(address: string): string {
  if (!isIPv6(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
