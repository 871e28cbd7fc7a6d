import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Addresses inside our own walls or of no single machine: nobody may have us call them. */
// A list for each family: in one list, the network of mapped addresses would match every IPv4 address.
const inside = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inside.ipv4.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16],
  ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
] as const) inside.ipv6.addSubnet(network, prefix, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Whether we may connect to the IP address: a public one or, where `development`, this machine itself. */
export function isReachable(address: string, development: boolean): boolean {
  const family = familyOf(address);
  if (loopback.check(address, family)) return development;
  return !inside[family].check(address, family);
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** What is wrong with the address of an endpoint, in a sentence, or null. Names are looked up only when we call. */
export function problemOf(address: string, development: boolean): string | null {
  if (!URL.canParse(address)) return 'Give an address such as https://product.example.com/webhooks.';
  const url = new URL(address);
  const host = hostOf(url);
  const local = host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && loopback.check(host, familyOf(host)));
  if (url.protocol !== 'https:' && !(development && local && url.protocol === 'http:')) return 'Use an address that begins with https.';
  if (url.username || url.password) return 'Leave user and password out of the address: the signature proves who calls.';
  if (url.hash) return 'Leave out what follows the #.';
  if (local && !development) return 'This address cannot be reached from here.';
  if (isIP(host) && !isReachable(host, development)) return 'This address cannot be reached from here.';
  return null;
}

type Answer = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A look-up of names for `https.request` that gives reachable addresses only. The connection is made to what was checked,
 * so a name cannot point elsewhere a moment later.
 */
export function reachableLookup(development: boolean) {
  return (host: string, options: LookupOptions, answer: Answer): void => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const reachable = addresses.filter(({ address }) => isReachable(address, development));
      const [first] = reachable;
      if (!first) return answer(Object.assign(new Error('The address cannot be reached from here.'), { code: 'EUNREACHABLE' }), []);
      if (options.all) answer(null, reachable);
      else answer(null, first.address, first.family);
    });
  };
}
