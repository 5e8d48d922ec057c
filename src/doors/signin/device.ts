/** A browser that has signed in before, known by a cookie: attempts of strangers are not counted against it. See throttle.ts. */
import { createHash } from 'node:crypto';
import { readCookies, setCookie } from './cookies.ts';
import type { DoorParts } from './parts.ts';
import { limits } from './limits.ts';
import type { DoorRequest } from './request.ts';
import { openState, sealState } from './sealed.ts';

interface Device { readonly id: string; /** Hashes of the identities that signed in here, the newest first. */ readonly identities: readonly string[] }

export const identityHash = (identity: string): string => createHash('sha256').update(identity).digest('base64url').slice(0, 22);

function readDevice({ seal }: DoorParts, request: DoorRequest): Device | undefined {
  const text = readCookies(request, 'device').get('');
  return text === undefined ? undefined : openState<Device>(seal, 'device', text);
}

/** The device's id if this identity has signed in with it. */
export function knownDevice(parts: DoorParts, request: DoorRequest, hash: string): string | undefined {
  const device = readDevice(parts, request);
  return device?.identities.includes(hash) ? device.id : undefined;
}

/** The cookie by which the browser is known from now on as one that this identity has signed in with. */
export function deviceCookie(parts: DoorParts, request: DoorRequest, hash: string): string {
  const known = readDevice(parts, request);
  const id = known?.id ?? Buffer.from(parts.random(12)).toString('base64url');
  const identities = [hash, ...(known?.identities ?? []).filter((other) => other !== hash)].slice(0, limits.devicesPerBrowser);
  return setCookie(request, 'device', '', sealState(parts.seal, 'device', { id, identities } satisfies Device), limits.deviceMs);
}
