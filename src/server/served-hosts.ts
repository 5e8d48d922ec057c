/** Which hosts unsigned routes answer to, so that a page whose own name was pointed here (DNS rebinding) cannot read them from a browser. */
import { isIP } from 'node:net';

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
  return (authority) => {
    const [, ipv6, other] = authorityForm.exec(authority) ?? [];
    if (ipv6 !== undefined) return isIP(ipv6) === 6;
    const host = other?.toLowerCase().replace(/\.$/, '');
    if (host === undefined) return false;
    return isIP(host) === 4 || host === 'localhost' || host.endsWith('.localhost') || given.has(host);
  };
}
