/** Passkeys and security keys: what a browser is asked for, and whether what it answers proves that the key is there. Source: W3C Web Authentication, sections 7.1 and 7.2. */
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, AuthenticatorTransport, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Where a ceremony takes place: the page's origin, and the domain that its keys are bound to. */
export interface Site { readonly origin: string; readonly rpId: string }

export interface KnownPasskey { readonly credentialId: string; readonly transports: readonly string[] }

/** How long a person may take, as the browser is told. */
const timeoutMs = 5 * 60_000;

interface Registration {
  readonly site: Site;
  readonly challenge: Uint8Array;
  /** Not a name, and the same for all keys of one person. */
  readonly userHandle: Uint8Array;
  readonly userName: string;
  readonly known: readonly KnownPasskey[];
}

/** For `navigator.credentials.create`. No attestation is asked for: which model of authenticator it is says nothing of whose it is. */
export function registrationOptions({ site, challenge, userHandle, userName, known }: Registration): Promise<object> {
  return generateRegistrationOptions({
    rpName: 'Gatehouse', rpID: site.rpId, challenge: Uint8Array.from(challenge), userID: Uint8Array.from(userHandle), userName, userDisplayName: userName, timeout: timeoutMs, attestationType: 'none',
    excludeCredentials: known.map(described), authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

export interface RegisteredPasskey { readonly credentialId: string; readonly publicKey: Uint8Array; readonly signCount: number; readonly aaguid: string; readonly transports: readonly string[] }

/** The key that was made; undefined where the response proves none. `response` is whatever was sent. */
export async function verifyRegistration(response: unknown, challenge: string, { origin, rpId }: Site): Promise<RegisteredPasskey | undefined> {
  if (!isResponse(response)) return undefined;
  const verified = await ifProven(() => verifyRegistrationResponse({ response: response as unknown as RegistrationResponseJSON, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: false }));
  if (!verified?.verified) return undefined;
  const { credential, aaguid } = verified.registrationInfo;
  const transports = (credential.transports ?? []).filter((transport) => /^[a-z-]{1,16}$/.test(transport)).slice(0, 8);
  return { credentialId: credential.id, publicKey: credential.publicKey, signCount: credential.counter, aaguid, transports };
}

/** For `navigator.credentials.get`: any of these keys will do. */
export function authenticationOptions(site: Pick<Site, 'rpId'>, challenge: Uint8Array, known: readonly KnownPasskey[]): Promise<object> {
  return generateAuthenticationOptions({ rpID: site.rpId, challenge: Uint8Array.from(challenge), allowCredentials: known.map(described), timeout: timeoutMs, userVerification: 'preferred' });
}

/** How often the key has signed by now; undefined where the response does not prove that it is there. */
export async function verifyAuthentication(response: unknown, challenge: string, { origin, rpId }: Site, { credentialId, publicKey, signCount }: Pick<RegisteredPasskey, 'credentialId' | 'publicKey' | 'signCount'>): Promise<number | undefined> {
  if (!isResponse(response) || response.id !== credentialId) return undefined;
  const verified = await ifProven(() => verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: false,
    credential: { id: credentialId, publicKey: Uint8Array.from(publicKey), counter: signCount },
  }));
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
}

/** The id that the response names, if it is one. */
export const credentialIdOf = (response: unknown): string | undefined => (isResponse(response) ? response.id : undefined);

/** What both ceremonies' responses have; the library looks at the rest. */
function isResponse(value: unknown): value is { readonly id: string; readonly response: object } {
  if (typeof value !== 'object' || value === null) return false;
  const id: unknown = Reflect.get(value, 'id');
  const response: unknown = Reflect.get(value, 'response');
  return typeof id === 'string' && /^[\w-]{1,1400}$/.test(id) && typeof response === 'object' && response !== null;
}

/** The library throws for whatever does not fit; whatever it throws proves nothing. */
async function ifProven<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}

// The names of transports are texts that browsers are handed back; those that they do not know they pass over.
const described = ({ credentialId, transports }: KnownPasskey) => ({ id: credentialId, transports: [...transports] as AuthenticatorTransport[] });
