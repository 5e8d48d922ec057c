/** MFA devices as somebody's: enabled for a user or root with two codes, synchronized, listed, deactivated. Source: "EnableMFADevice" and its siblings (IAM API Reference). */
import type { Iam, MFADevice } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import { type CodeDeviceDoc, type CodeDeviceOwner, isPasskey, type MfaDeviceDoc, type MfaDeviceOwner, showsCodes } from '../../store/mfa-device-doc.ts';
import type { AccountView } from '../../store/store.ts';
import { spendTwoCodes } from '../mfa-codes.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { findUser } from './lookup.ts';
import { claimDevice, deviceNotFound } from './mfa-devices.ts';
import { pageList } from './paging.ts';
import { getSubject, subjectAsk, type Subject } from './subject.ts';

type Asked<Errors extends string> = Pick<AccessContext<Errors>, 'caller' | 'view'> & { readonly error: Raise<Errors> };

type OwnedDevice = MfaDeviceDoc & { readonly Owner: MfaDeviceOwner };
type OwnedCodeDevice = CodeDeviceDoc & { readonly Owner: CodeDeviceOwner };

/** The operations on the devices of a user or of root. */
export const mfaAssignments = {
  EnableMFADevice: {
    access: ({ UserName }, context) => [ownerAsk(UserName, context)],
    async run({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, context) {
      const { caller, view, now, write, error } = context;
      const check = (state: AccountView): { readonly owner: Subject; readonly device: CodeDeviceDoc } => {
        const owner = getOwner(UserName, { caller, view: state, error });
        const device = getCodeDevice(state, SerialNumber, error);
        // GUESS: the words.
        if (device.Owner) throw error('EntityAlreadyExists', 'MFA Device is already in use.');
        claimDevice(state, owner.principalId, error);
        return { owner, device };
      };
      const { device: shown } = check(view);
      const DriftSteps = await spendTwoCodes(shown, AuthenticationCode1, AuthenticationCode2, context);
      if (DriftSteps === undefined) throw invalidCodes(error);
      return write((draft) => {
        const { owner, device } = check(draft);
        if (device.DeviceId !== shown.DeviceId) throw invalidCodes(error);
        draft.mfaDevices.update({ ...device, Owner: { PrincipalId: owner.principalId, EnableDate: now, DriftSteps } });
      });
    },
  },

  ResyncMFADevice: {
    access: ({ UserName }, context) => [ownerAsk(UserName, context)],
    async run({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, context) {
      const { caller, view, write, error } = context;
      const shown = getOwnedCodes(SerialNumber, getOwner(UserName, { caller, view, error }), view, error);
      const DriftSteps = await spendTwoCodes(shown, AuthenticationCode1, AuthenticationCode2, context);
      if (DriftSteps === undefined) throw invalidCodes(error);
      return write((draft) => {
        const device = getOwnedCodes(SerialNumber, getOwner(UserName, { caller, view: draft, error }), draft, error);
        if (device.DeviceId !== shown.DeviceId) throw invalidCodes(error);
        draft.mfaDevices.update({ ...device, Owner: { ...device.Owner, DriftSteps } });
      });
    },
  },

  DeactivateMFADevice: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, SerialNumber }, { caller, write, error }) => write((draft) => {
      const owned = getOwned(SerialNumber, getSubject(UserName, { caller, view: draft, error }), draft, error);
      // A passkey is nobody else's: taken from its owner it is gone. Source: "Deactivate an MFA device" (IAM User Guide).
      if (isPasskey(owned)) draft.mfaDevices.remove(SerialNumber);
      else draft.mfaDevices.update({ ...owned, Owner: undefined });
    }),
  },

  ListMFADevices: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, ...page }, context) => {
      const owner = getSubject(UserName, context);
      const { items, end } = pageList(context.view.mfaDevices.listBy('owner', owner.principalId).filter(isOwned), ({ DeviceId }) => DeviceId, page, context.marker);
      // Root's device has no UserName, though the model requires one: so it is with root's access keys.
      return { MFADevices: items.map((device) => shownDevice(owner, device) as MFADevice), ...end };
    },
  },

  GetMFADevice: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, SerialNumber }, context) => {
      const owner = getSubject(UserName, context);
      return shownDevice(owner, getOwned(SerialNumber, owner, context.view, context.error));
    },
  },
} satisfies Operations<Iam, `${'Enable' | 'Resync' | 'Deactivate' | 'Get'}MFADevice` | 'ListMFADevices'>;

/**
 * Enabling and synchronizing always name the user. GUESS: AWS does both for root in the console only, under a name that the API's pattern refuses; here
 * root, and nobody else, may name itself by its account number, which is what GetUser answers as its UserId.
 */
function ownerName(UserName: string, { caller, view }: Asked<never>): string | undefined {
  return caller.kind === 'root' && UserName === view.account && !findUser(view, UserName) ? undefined : UserName;
}

const ownerAsk = (UserName: string, asked: Asked<never>): Ask => subjectAsk(ownerName(UserName, asked), asked);
const getOwner = (UserName: string, asked: Asked<'NoSuchEntity'>): Subject => getSubject(ownerName(UserName, asked), asked);

const isOwned = (device: MfaDeviceDoc): device is OwnedDevice => device.Owner !== undefined;

/** The device, which must be enabled for that owner. Another's is not told apart from none. */
function getOwned(SerialNumber: string, owner: Subject, view: AccountView, error: Raise<'NoSuchEntity'>): OwnedDevice {
  const device = view.mfaDevices.find(SerialNumber);
  if (!device || !isOwned(device) || device.Owner.PrincipalId !== owner.principalId) throw notOf(SerialNumber, owner, view, error);
  return device;
}

/** GUESS: the words. */
function notOf(SerialNumber: string, { UserName }: Subject, view: AccountView, error: Raise<'NoSuchEntity'>): Error {
  return error('NoSuchEntity', `MFA Device with serial number ${SerialNumber} cannot be found for user ${UserName ?? view.account}.`);
}

/** The same of a device that shows codes. GUESS: a passkey, which has none to be synchronized by, counts as not there. */
function getOwnedCodes(SerialNumber: string, owner: Subject, view: AccountView, error: Raise<'NoSuchEntity'>): OwnedCodeDevice {
  const device = getOwned(SerialNumber, owner, view, error);
  if (!hasCodes(device)) throw notOf(SerialNumber, owner, view, error);
  return device;
}

const hasCodes = (device: OwnedDevice): device is OwnedCodeDevice => showsCodes(device);

/** A virtual device or a hardware token of the account, whoever it is for. */
function getCodeDevice(view: AccountView, SerialNumber: string, error: Raise<'NoSuchEntity'>): CodeDeviceDoc {
  const device = view.mfaDevices.find(SerialNumber);
  if (!device || !showsCodes(device)) throw deviceNotFound(SerialNumber, error);
  return device;
}

function invalidCodes(error: Raise<'InvalidAuthenticationCode'>): Error {
  return error('InvalidAuthenticationCode', 'Authentication code for device is not valid.');
}

function shownDevice({ UserName }: Subject, { SerialNumber, Owner: { EnableDate } }: OwnedDevice) {
  return { ...(UserName !== undefined && { UserName }), SerialNumber, EnableDate };
}
