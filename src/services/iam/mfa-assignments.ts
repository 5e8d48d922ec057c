/** MFA devices as somebody's: enabled for a user or root with two codes, synchronized, listed, deactivated. Source: "EnableMFADevice" and its siblings (IAM API Reference). */
import type { Iam, MFADevice } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { MfaDeviceDoc, MfaDeviceOwner } from '../../store/mfa-device-doc.ts';
import type { AccountView } from '../../store/store.ts';
import { spendTwoCodes } from '../mfa-codes.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { findUser } from './lookup.ts';
import { getDevice } from './mfa-devices.ts';
import { pageList } from './paging.ts';
import { claim } from './quotas.ts';
import { getSubject, subjectAsk, type Subject } from './subject.ts';

type Asked<Errors extends string> = Pick<AccessContext<Errors>, 'caller' | 'view'> & { readonly error: Raise<Errors> };

interface OwnedDevice extends MfaDeviceDoc { readonly Owner: MfaDeviceOwner }

/** The operations on the devices of a user or of root. */
export const mfaAssignments = {
  EnableMFADevice: {
    access: ({ UserName }, context) => [ownerAsk(UserName, context)],
    async run({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, context) {
      const { caller, view, now, write, error } = context;
      const check = (state: AccountView): { readonly owner: Subject; readonly device: MfaDeviceDoc } => {
        const owner = getOwner(UserName, { caller, view: state, error });
        const device = getDevice(state, SerialNumber, error);
        // GUESS: the words.
        if (device.Owner) throw error('EntityAlreadyExists', 'MFA Device is already in use.');
        claim('MFADevicesPerUser', state.mfaDevices.countBy('owner', owner.principalId) + 1, error);
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
      const shown = getOwned(SerialNumber, getOwner(UserName, { caller, view, error }), view, error);
      const DriftSteps = await spendTwoCodes(shown, AuthenticationCode1, AuthenticationCode2, context);
      if (DriftSteps === undefined) throw invalidCodes(error);
      return write((draft) => {
        const device = getOwned(SerialNumber, getOwner(UserName, { caller, view: draft, error }), draft, error);
        if (device.DeviceId !== shown.DeviceId) throw invalidCodes(error);
        draft.mfaDevices.update({ ...device, Owner: { ...device.Owner, DriftSteps } });
      });
    },
  },

  DeactivateMFADevice: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, SerialNumber }, { caller, write, error }) => write((draft) => {
      const { Owner: _, ...device } = getOwned(SerialNumber, getSubject(UserName, { caller, view: draft, error }), draft, error);
      draft.mfaDevices.update(device);
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
function getOwned(SerialNumber: string, { principalId, UserName }: Subject, view: AccountView, error: Raise<'NoSuchEntity'>): OwnedDevice {
  const device = view.mfaDevices.find(SerialNumber);
  // GUESS: the words.
  if (!device || !isOwned(device) || device.Owner.PrincipalId !== principalId) throw error('NoSuchEntity', `MFA Device with serial number ${SerialNumber} cannot be found for user ${UserName ?? view.account}.`);
  return device;
}

function invalidCodes(error: Raise<'InvalidAuthenticationCode'>): Error {
  return error('InvalidAuthenticationCode', 'Authentication code for device is not valid.');
}

function shownDevice({ UserName }: Subject, { SerialNumber, Owner: { EnableDate } }: OwnedDevice) {
  return { ...(UserName !== undefined && { UserName }), SerialNumber, EnableDate };
}
