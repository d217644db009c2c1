import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Without the prefix of an IPv4 address that came over an IPv6 socket. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Tells whether an address lies in one of these addresses and ranges (`10.0.0.0/8`, `loopback` …). */
function among(list: readonly string[]): (address: string) => boolean {
  const block = new BlockList();
  for (const entry of list.flatMap((name) => RANGES[name.toLowerCase()] ?? [name])) {
    const [network = '', bits] = entry.split('/');
    const family = familyOf(plain(network));
    if (bits === undefined) block.addAddress(plain(network), family);
    else block.addSubnet(network, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && block.check(address, familyOf(address));
}

const loopback = among(['loopback']);

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return loopback(plain(address));
}

/**
 * The address a socket's upgrade request came from, as Fastify finds it for ordinary requests: through the proxies that
 * are believed, and no further.
 */
export function clientAddress(trustProxy: readonly string[] | undefined): (request: IncomingMessage) => string {
  const trusted = among(trustProxy ?? []);
  return ({ headers, socket }) => {
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    let address = plain(socket.remoteAddress ?? '');
    while (trusted(address)) {
      const next = plain(forwarded.pop()?.trim() ?? '');
      if (isIP(next) === 0) break;
      address = next;
    }
    return address;
  };
}
