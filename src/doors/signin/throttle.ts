/** Back-off at the password: whoever tries many is made to wait, whether what is tried exists or not. */

// Nobody is locked out for good: counts fall out of their window by themselves, an address that is over its own limit is not counted against
// the principal any more, and a browser that has signed in before is counted by its device cookie alone, so that strangers who guess at a
// name cannot keep its owner out. Source of the last: OWASP, "Slow Down Online Guessing Attacks with Device Cookies". `gatehouse recover root` asks nobody.

import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { GuardStore } from '../../store/store.ts';
import { limits } from './limits.ts';

interface Attempt {
  /** Whose password it is, as it was asked for. */
  readonly identity: string;
  readonly remoteAddress: string;
  /** Of a browser that has signed in as this identity before. */
  readonly deviceId: string | undefined;
}

interface Counter { readonly key: string; readonly max: number }

/** Counts the attempt. Whether it may be made: the same for names that exist and names that do not. */
export async function isAdmitted(guard: GuardStore, attempt: Attempt): Promise<boolean> {
  for (const { key, max } of countersOf(attempt)) if ((await guard.count(key, limits.attemptsWindowMs)) > max) return false;
  return true;
}

/** The narrowest first: what it refuses is not counted by the others. */
function countersOf({ identity, remoteAddress, deviceId }: Attempt): readonly Counter[] {
  // What was typed may be long, or a password in the wrong field.
  const who = createHash('sha256').update(identity).digest('base64url');
  if (deviceId !== undefined) return [{ key: `signin/device/${deviceId}/${who}`, max: limits.attemptsPerPrincipalAndAddress }];
  const address = network(remoteAddress);
  return [
    { key: `signin/${who}/${address}`, max: limits.attemptsPerPrincipalAndAddress },
    { key: `signin/address/${address}`, max: limits.attemptsPerAddress },
    { key: `signin/principal/${who}`, max: limits.attemptsPerPrincipal },
  ];
}

/** Of IPv6 the first 64 bits: the rest is anybody's to choose who has them. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':');
}
