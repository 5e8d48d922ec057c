/** Virtual MFA devices as things of the account: made with a seed that is shown once, listed, tagged, deleted. Source: "CreateVirtualMFADevice" and its siblings (IAM API Reference). */
import type { Iam, VirtualMFADevice } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { encodeBase32 } from '../../base/base32.ts';
import type { Ask } from '../../authz/ask.ts';
import { isVirtual, type MfaDeviceDoc, type VirtualDeviceDoc } from '../../store/mfa-device-doc.ts';
import type { AccountView, PartitionView } from '../../store/store.ts';
import { seedPlace } from '../mfa-codes.ts';
import type { Operations } from '../operation.ts';
import { withContext } from './lookup.ts';
import { pageTable } from './paging.ts';
import { claim, claimAdjustable } from './quotas.ts';
import { tagPage } from './resource-tags.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext } from './tags.ts';
import { listedUser, rootUser } from './users.ts';

/** AWS's seeds have 64 characters of base32. */
const seedBytes = 40;
const serialNumberLengthMax = 256;

/** The operations on virtual devices, whoever they belong to. */
export const mfaDevices = {
  CreateVirtualMFADevice: {
    access: ({ VirtualMFADeviceName, Path = '/', Tags }, { account }) => {
      const ask = { resource: arn.mfa(account, Path, VirtualMFADeviceName), context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagMFADevice' }] : [ask];
    },
    async run({ VirtualMFADeviceName, Path = '/', Tags = [] }, { account, partition, write, now, random, seal, error }) {
      const SerialNumber = arn.mfa(account, Path, VirtualMFADeviceName);
      // GUESS: what is said; a device whose serial number no request can name would be of no use.
      if (SerialNumber.length > serialNumberLengthMax) throw error('InvalidInput', `The serial number of an MFA device has at most ${serialNumberLengthMax} characters.`);
      const seed = random(seedBytes);
      const device: VirtualDeviceDoc = {
        SerialNumber,
        DeviceId: Buffer.from(random(12)).toString('base64url'),
        CreateDate: now,
        Seed: seal.seal(Buffer.from(seed).toString('base64url'), seedPlace(account, SerialNumber)),
        ...(Tags.length > 0 && { Tags: mergeTags('mfaDevice', undefined, Tags, error) }),
      };
      await write((draft) => {
        // Source: "IAM and AWS STS quotas" (IAM User Guide): as many devices, enabled or not, as users. GUESS: the name.
        claimAdjustable(draft, 'UsersPerAccount', draft.mfaDevices.countBy('kind', 'virtual') + 1, error, 'VirtualMFADevicesPerAccount');
        if (!draft.mfaDevices.insert(device)) throw error('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.');
      });
      // Loaded with the first device: a start does without.
      const { qrCodePng } = await import('./qr-code.ts');
      const base32 = encodeBase32(seed);
      // Source: VirtualMFADevice, QRCodePNG (IAM API Reference): the account is named by its alias if it has one.
      const accountName = partition.aliases.findBy('account', account)?.Alias ?? account;
      const QRCodePNG = qrCodePng(`otpauth://totp/${encodeURIComponent(VirtualMFADeviceName)}@${accountName}?secret=${base32}`);
      return { VirtualMFADevice: { SerialNumber, Base32StringSeed: Buffer.from(base32), QRCodePNG, Tags: device.Tags } };
    },
  },

  ListVirtualMFADevices: {
    // GUESS: like lists of users it is asked for by path; AWS's reference names nothing narrower than `*`, and older policies of its guide say `mfa/*`: both take this in.
    access: (_input, { account }) => [{ resource: arn.mfa(account, '/', '') }],
    run: ({ AssignmentStatus = 'Any', ...page }, { view, partition, marker }) => {
      const isAsked = (device: MfaDeviceDoc): boolean => AssignmentStatus === 'Any' || (device.Owner !== undefined) === (AssignmentStatus === 'Assigned');
      const { docs, end } = pageTable(view.mfaDevices, page, marker, (device) => isVirtual(device) && isAsked(device));
      return { VirtualMFADevices: docs.map((device) => listedDevice(view, partition, device)), ...end };
    },
  },

  DeleteVirtualMFADevice: {
    access: ({ SerialNumber }, { view }) => [deviceAsk(view, SerialNumber)],
    run: ({ SerialNumber }, { write, error }) => write((draft) => {
      // GUESS: the words.
      if (getDevice(draft, SerialNumber, error).Owner) throw error('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
      draft.mfaDevices.remove(SerialNumber);
    }),
  },

  TagMFADevice: {
    access: ({ SerialNumber, Tags }, { view }) => [withContext(deviceAsk(view, SerialNumber), requestTagContext(Tags))],
    run: ({ SerialNumber, Tags }, { write, error }) => write((draft) => {
      const device = getDevice(draft, SerialNumber, error);
      draft.mfaDevices.update({ ...device, Tags: mergeTags('mfaDevice', device.Tags, Tags, error) });
    }),
  },

  UntagMFADevice: {
    access: ({ SerialNumber, TagKeys }, { view }) => [withContext(deviceAsk(view, SerialNumber), tagKeysContext(TagKeys))],
    run: ({ SerialNumber, TagKeys }, { write, error }) => write((draft) => {
      const device = getDevice(draft, SerialNumber, error);
      draft.mfaDevices.update({ ...device, Tags: removeTags('mfaDevice', device.Tags, TagKeys) });
    }),
  },

  ListMFADeviceTags: {
    access: ({ SerialNumber }, { view }) => [deviceAsk(view, SerialNumber)],
    run: ({ SerialNumber, ...page }, { view, marker, error }) => tagPage(getDevice(view, SerialNumber, error).Tags, page, marker),
  },
} satisfies Operations<Iam, `${'Create' | 'Delete'}VirtualMFADevice` | 'ListVirtualMFADevices' | 'TagMFADevice' | 'UntagMFADevice' | 'ListMFADeviceTags'>;

/** The virtual device of that serial number. */
function getDevice(view: AccountView, SerialNumber: string, error: Raise<'NoSuchEntity'>): VirtualDeviceDoc {
  const device = view.mfaDevices.find(SerialNumber);
  if (!device || !isVirtual(device)) throw deviceNotFound(SerialNumber, error);
  return device;
}

/** A user, and root, has eight devices at most, of all kinds together. Source: "IAM and AWS STS quotas" (IAM User Guide). */
export function claimDevice(view: AccountView, ownerId: string, error: Raise<'LimitExceeded'>): void {
  claim('MFADevicesPerUser', view.mfaDevices.countBy('owner', ownerId) + 1, error);
}

export function deviceNotFound(SerialNumber: string, error: Raise<'NoSuchEntity'>): Error {
  return error('NoSuchEntity', `VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`);
}

/** Asks for the device: its serial number is its ARN. One of another account, and what is no ARN at all, is not the caller's to ask for. */
function deviceAsk(view: AccountView, SerialNumber: string): Ask {
  const parsed = arn.parse(SerialNumber);
  if (!parsed) return { resource: arn.mfa(view.account, '/', SerialNumber) };
  return { resource: SerialNumber, resourceAccount: parsed.account, context: resourceTagContext('mfaDevice', tagsOf(view.mfaDevices.find(SerialNumber))) };
}

/** Virtual devices alone have tags. Source: "TagMFADevice" (IAM API Reference). */
const tagsOf = (device: MfaDeviceDoc | undefined): VirtualDeviceDoc['Tags'] => (device && isVirtual(device) ? device.Tags : undefined);

/** A device as lists show it: its owner, and neither seed nor tags. */
function listedDevice(view: AccountView, partition: PartitionView, { SerialNumber, Owner }: MfaDeviceDoc): VirtualMFADevice {
  if (!Owner) return { SerialNumber };
  const user = view.users.find(Owner.PrincipalId);
  return { SerialNumber, User: user ? listedUser(view, user) : rootUser(view.account, partition), EnableDate: Owner.EnableDate };
}
