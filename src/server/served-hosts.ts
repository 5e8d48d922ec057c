/** Which hosts unsigned routes answer to, so that a page whose own name was pointed here (DNS rebinding) cannot read them from a browser. */
import { isIPv4, isIPv6 } from 'node:net';
import { BoundedCache } from '../base/bounded-cache.ts';
import { limits } from './limits.ts';

/** Whether a Host header names this Gatehouse. */
export type IsServedHost = (authority: string) => boolean;

/** `name`, `name:port`, `1.2.3.4:port`, `[::1]:port`. Source: RFC 9110, section 7.2; RFC 3986, section 3.2. */
const authorityForm = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([^:[\]]{1,255}))(?::\d{0,5})?$/;

/**
 * An address is always served, the one listened on among them: who came by an address was led here by no name. Of names the loopback's own
 * are, which no name server is asked for, and those that the operator gave. Source: RFC 6761, section 6.3.
 */
export function servedHosts(names: readonly string[]): IsServedHost {
  const given = new Set(names.map((name) => name.toLowerCase()));
  const isServed = (authority: string): boolean => {
    const [, ipv6, other] = authorityForm.exec(authority) ?? [];
    if (ipv6 !== undefined) return isIPv6(ipv6);
    const host = other?.toLowerCase().replace(/\.$/, '');
    if (host === undefined) return false;
    return isIPv4(host) || host === 'localhost' || host.endsWith('.localhost') || given.has(host);
  };
  // What is served does not change, and clients name few hosts.
  const known = new BoundedCache<string, { readonly isServed: boolean }>(limits.hostsCachedCharactersMax, (authority) => authority.length);
  return (authority) => {
    let found = known.find(authority);
    if (!found) known.insert(authority, (found = { isServed: isServed(authority) }));
    return found.isServed;
  };
}
