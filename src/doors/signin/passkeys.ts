/** Passkeys: enrolled by whoever is signed in, and shown at sign-in after the password. Each challenge is for one person, and is answered once. */
import { ApiError, raise } from '../../base/api-error.ts';
import { countSignature, insertPasskey } from '../../services/iam/passkeys.ts';
import { subjectAsk } from '../../services/iam/subject.ts';
import { isPasskey } from '../../store/mfa-device-doc.ts';
import type { PasskeyDoc } from '../../store/mfa-device-doc.ts';
import type { AccountView } from '../../store/store.ts';
import type { KnownPasskey, Site } from '../../proof/webauthn.ts';
import { identityOfCaller, record } from './events.ts';
import { factsOf } from './facts.ts';
import type { Flow } from './flow.ts';
import type { Principal } from './identity.ts';
import { limits } from './limits.ts';
import type { DoorParts } from './parts.ts';
import { permitted } from './permission.ts';
import { refusal } from './refusal.ts';
import { optionalObject, readFields, requiredText } from './request.ts';
import type { DoorRequest, SignedInVisit } from './request.ts';
import { openState, sealState } from './sealed.ts';
import { findCaller, originalClaims } from './sessions.ts';
import { devicesOf } from './steps.ts';

/** Loaded with the first passkey: most processes never see any. */
const webauthn = () => import('../../proof/webauthn.ts');

/** What AWS's console asks for, as its CloudTrail records show. */
const operation = 'iam:EnableMFADevice';

const challengeBytes = 32;
const newChallenge = ({ random }: DoorParts): Uint8Array => Uint8Array.from(random(challengeBytes));

interface Enrolment { readonly sessionId: string; readonly challenge: string; readonly startedAt: number }

/**
 * The page's origin, and its host as the domain that keys are bound to. An address is no domain, and no browser makes a passkey for one.
 * Without TLS there are passkeys at localhost only, which browsers see to. Source: W3C Web Authentication, section 5.1.3; Secure Contexts, section 3.1.
 */
export function siteOf(request: DoorRequest): Site | undefined {
  const origin = request.header('origin');
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  const { hostname } = new URL(origin);
  return /^[\d.]+$|^\[/.test(hostname) ? undefined : { origin, rpId: hostname };
}

const knownOf = (devices: readonly PasskeyDoc[]): readonly KnownPasskey[] => devices.map(({ CredentialId, Transports }) => ({ credentialId: CredentialId, transports: Transports }));

/** `POST passkeys/begin` → what `navigator.credentials.create` takes, and the text that `finish` wants back. */
export async function beginEnrolment(parts: DoorParts, { request, signedIn: { session } }: SignedInVisit): Promise<{ readonly enrolment: string; readonly options: object }> {
  const site = siteOf(request);
  if (!site) throw refusal('InvalidRequest', 'Passkeys are bound to a name: open this page by a host name (localhost, not 127.0.0.1).');
  const { view, caller } = await ownerOf(parts, session);
  await permitted(parts, request, operation, () => authorizeEnrolment(parts, request, caller, view, 'Create'));
  const challenge = newChallenge(parts);
  const known = view.mfaDevices.listBy('owner', session.principalId).filter(isPasskey);
  const options = await (await webauthn()).registrationOptions({ site, challenge, userHandle: Buffer.from(`${view.account}/${session.principalId}`), userName: caller.kind === 'user' ? `${caller.userName}@${view.account}` : `root@${view.account}`, known: knownOf(known) });
  return { enrolment: sealState(parts.seal, 'passkey enrolment', { sessionId: session.id, challenge: Buffer.from(challenge).toString('base64url'), startedAt: request.receivedAt } satisfies Enrolment), options };
}

/** `POST passkeys/finish` with `{ enrolment, name, response }` → the passkey's serial number. */
export async function finishEnrolment(parts: DoorParts, { request, signedIn: { session } }: SignedInVisit): Promise<{ readonly serialNumber: string }> {
  const fields = readFields(request);
  const name = requiredText(fields, 'name', 64);
  const enrolment = openState<Enrolment>(parts.seal, 'passkey enrolment', requiredText(fields, 'enrolment', limits.flowLengthMax));
  const site = siteOf(request);
  if (!enrolment || !site || enrolment.sessionId !== session.id || request.receivedAt >= enrolment.startedAt + limits.flowMs) throw refusal('FlowOver');
  await spendChallenge(parts, enrolment.challenge, request.receivedAt);
  const made = await (await webauthn()).verifyRegistration(optionalObject(fields, 'response'), enrolment.challenge, site);
  if (!made) throw refusal('PasskeyFailed');
  const { view, caller } = await ownerOf(parts, session);
  await permitted(parts, request, operation, () => authorizeEnrolment(parts, request, caller, view, 'Activate'));
  parts.assertAuditWritable();
  const credential = { Name: name, CredentialId: made.credentialId, PublicKey: Buffer.from(made.publicKey).toString('base64url'), SignCount: made.signCount, Aaguid: made.aaguid, Transports: made.transports };
  const serialNumber = await worded(() => permitted(parts, request, operation, async () => (await parts.store.write(view.account, { by: caller.arn, requestId: request.requestId, action: operation }, (draft) => {
    // As it will be when it is written: a permission that was taken away meanwhile is gone.
    authorizeEnrolment(parts, request, caller, draft, 'Activate');
    return insertPasskey(draft, session.principalId, credential, { now: request.receivedAt, random: parts.random }, raise).SerialNumber;
  })).value));
  record(parts, request, { name: 'RegisterPasskey', identity: identityOfCaller(caller), account: view.account, more: { MFAIdentifier: serialNumber } });
  return { serialNumber };
}

/** What is asked of the browser at sign-in, and the flow that knows it; undefined where the principal has no passkeys, or the page no name. */
export async function passkeyStep(parts: DoorParts, request: DoorRequest, flow: Flow, principal: Principal): Promise<{ readonly flow: Flow; readonly options: object } | undefined> {
  const known = devicesOf(principal).filter(isPasskey);
  const site = siteOf(request);
  if (known.length === 0 || !site) return undefined;
  const challenge = newChallenge(parts);
  return { flow: { ...flow, challenge: Buffer.from(challenge).toString('base64url') }, options: await (await webauthn()).authenticationOptions(site, challenge, knownOf(known)) };
}

/** The passkey that the response proves; undefined where it proves none. A count of signatures that does not go up is that of a copy. */
export async function provenPasskey(parts: DoorParts, request: DoorRequest, flow: Flow, principal: Principal, response: unknown): Promise<PasskeyDoc | undefined> {
  const site = siteOf(request);
  const { credentialIdOf, verifyAuthentication } = await webauthn();
  const id = credentialIdOf(response);
  const passkey = devicesOf(principal).filter(isPasskey).find(({ CredentialId }) => CredentialId === id);
  if (flow.challenge === undefined || !site || !passkey) return undefined;
  await spendChallenge(parts, flow.challenge, request.receivedAt);
  const signCount = await verifyAuthentication(response, flow.challenge, site, { credentialId: passkey.CredentialId, publicKey: Buffer.from(passkey.PublicKey, 'base64url'), signCount: passkey.SignCount });
  if (signCount === undefined) return undefined;
  const { value } = await parts.store.write(principal.view.account, { by: 'gatehouse', requestId: request.requestId, action: 'signin:CheckMfa' }, (draft) => countSignature(draft, passkey, signCount));
  return value ? passkey : undefined;
}

async function spendChallenge({ guard }: DoorParts, challenge: string, now: number): Promise<void> {
  if (!(await guard.consume(`webauthn/${challenge}`, now + 2 * limits.flowMs))) throw refusal('PasskeyFailed');
}

/** Whoever signed in with a password: a role has no devices, and acting as one nobody enrols any. */
async function ownerOf({ store }: DoorParts, session: SignedInVisit['signedIn']['session']) {
  const view = await store.account(session.account);
  const caller = view && !session.claims && !session.role ? findCaller(view, originalClaims(session, session.endsAt)) : undefined;
  if (!view || !caller) throw refusal('AccessDenied', 'Only a user or root enrols a passkey, and not while acting as a role.');
  return { view, caller };
}

type Owner = Awaited<ReturnType<typeof ownerOf>>['caller'];

/** Asks for iam:EnableMFADevice, as the console does on AWS. Source: "Actions, resources, and condition keys for IAM", iam:RegisterSecurityKey. */
function authorizeEnrolment({ authorize }: DoorParts, request: DoorRequest, caller: Owner, view: AccountView, state: 'Create' | 'Activate'): void {
  const ask = subjectAsk(undefined, { caller, view, error: raise });
  authorize(caller, operation, [{ ...ask, context: { ...ask.context, 'iam:RegisterSecurityKey': state } }], factsOf(request), view);
}

async function worded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const told = thrown instanceof ApiError && ['LimitExceeded', 'EntityAlreadyExists', 'ValidationError'].includes(thrown.name);
    throw told ? refusal('InvalidRequest', thrown.message, { cause: thrown }) : thrown;
  }
}
