/** Passkeys and security keys of users and of root. No operation enrols one: on AWS that is the console's, so here whatever lets people sign in calls these. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import { newOpaqueId, type RandomBytes } from '../../base/ids.ts';
import type { PasskeyDoc } from '../../store/mfa-device-doc.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { claimDevice } from './mfa-devices.ts';

/** What a browser and an authenticator made, once its attestation was verified. */
export interface NewPasskey extends Pick<PasskeyDoc, 'CredentialId' | 'PublicKey' | 'SignCount' | 'Aaguid' | 'Transports'> {
  /** What its owner calls it: `[\w+=,.@-]`, 1 to 64 characters. */
  readonly Name: string;
}

/** Characters behind a passkey's name in its ARN, so that two of one name differ. */
const idLength = 26;

/**
 * Enrols the passkey for a user, by its unique id, or for root, by the account's. Its serial number is `arn:aws:iam::A:u2f/user/USER/NAME-ID`.
 * Raises LimitExceeded for a ninth device, of whatever kinds, and EntityAlreadyExists for a credential that is somebody's already. Source: "Passkeys and security keys" (IAM User Guide).
 */
export function insertPasskey(draft: Draft, ownerId: string, { Name, ...credential }: NewPasskey, { now, random }: { readonly now: Timestamp; readonly random: RandomBytes }, error: Raise<'LimitExceeded' | 'EntityAlreadyExists'>): PasskeyDoc {
  if (!/^[\w+=,.@-]{1,64}$/.test(Name)) throw error('ValidationError', 'The name of a passkey has 1 to 64 characters: letters, digits and _+=,.@-');
  const owner = draft.users.find(ownerId);
  // INVARIANT: who enrols one has signed in in this very write's account.
  if (!owner && ownerId !== draft.account) throw new Error(`a passkey was enrolled for ${ownerId}, which is no user of account ${draft.account}`);
  claimDevice(draft, ownerId, error);
  const passkey: PasskeyDoc = {
    Kind: 'passkey', ...credential,
    SerialNumber: arn.passkey(draft.account, owner ? `user/${owner.UserName}` : 'root-account', `${Name}-${newOpaqueId(idLength, random)}`),
    DeviceId: Buffer.from(random(12)).toString('base64url'),
    CreateDate: now,
    Owner: { PrincipalId: ownerId, EnableDate: now },
  };
  if (!draft.mfaDevices.insert(passkey)) throw error('EntityAlreadyExists', 'This passkey is registered already.');
  return passkey;
}

/** The passkey of that credential id, of whoever in the account. */
export function findPasskey(view: AccountView, CredentialId: string): PasskeyDoc | undefined {
  const device = view.mfaDevices.findBy('credential', CredentialId);
  return device?.Kind === 'passkey' ? device : undefined;
}

/**
 * Keeps how often the passkey has signed. False, and nothing kept, for a count that is not above the last one: then there may be a copy of it. An
 * authenticator that does not count says 0 for ever. Source: W3C Web Authentication, section 7.2, step 22.
 */
export function countSignature(draft: Draft, { SerialNumber }: PasskeyDoc, SignCount: number): boolean {
  const passkey = draft.mfaDevices.find(SerialNumber);
  if (passkey?.Kind !== 'passkey') return false;
  if (SignCount === 0 && passkey.SignCount === 0) return true;
  if (SignCount <= passkey.SignCount) return false;
  draft.mfaDevices.update({ ...passkey, SignCount });
  return true;
}
