/** Hardware tokens: the seeds that their makers tell, imported so that iam:EnableMFADevice can take a token's codes. On AWS the makers hand them over themselves. */
import type { Gatehouse, HardwareMFADevice } from '../../../models/gatehouse.ts';
import { decodeBase32 } from '../../base/base32.ts';
import type { Ask } from '../../authz/ask.ts';
import { quotaOf } from '../../store/account-quotas.ts';
import type { HardwareTokenDoc, MfaDeviceDoc } from '../../store/mfa-device-doc.ts';
import type { AccountView } from '../../store/store.ts';
import { seedPlace } from '../mfa-codes.ts';
import type { Operations } from '../operation.ts';

/** The number of devices when MaxItems is not given. */
const maxItemsDefault = 100;

/** Bytes of a seed. Source: RFC 4226, section 4, R6: 128 bits at least. No token has a seed longer than SHA-1's block. */
const seedBytes = { min: 16, max: 64 };

export const hardwareMfaDevices = {
  ImportHardwareMFADevice: {
    access: ({ SerialNumber }, { account }) => [deviceAsk(account, SerialNumber)],
    async run({ SerialNumber, Base32StringSeed }, { account, now, random, seal, write, error }) {
      const seed = decodeBase32(Base32StringSeed);
      if (!seed || seed.length < seedBytes.min || seed.length > seedBytes.max) throw error('InvalidSeed', `A seed is ${seedBytes.min} to ${seedBytes.max} bytes, written in base32.`);
      const token: HardwareTokenDoc = {
        Kind: 'hardware', SerialNumber,
        DeviceId: Buffer.from(random(12)).toString('base64url'),
        CreateDate: now,
        Seed: seal.seal(Buffer.from(seed).toString('base64url'), seedPlace(account, SerialNumber)),
      };
      return write((draft) => {
        const quota = quotaOf(draft, 'UsersPerAccount');
        if (draft.mfaDevices.countBy('kind', 'hardware') >= quota) throw error('LimitExceeded', `An account has ${quota} hardware tokens at most: as many as users.`);
        if (!draft.mfaDevices.insert(token)) throw error('HardwareMFADeviceAlreadyExists', `The token ${SerialNumber} was imported already. Delete it first if its seed is another one.`);
        return { HardwareMFADevice: shown(draft, token) };
      });
    },
  },

  ListHardwareMFADevices: {
    access: (_input, { account }) => [deviceAsk(account, '*')],
    run({ MaxItems = maxItemsDefault, Marker }, { view, marker }) {
      const { docs, next } = view.mfaDevices.page({ after: Marker === undefined ? undefined : marker.open(Marker), limit: MaxItems, keep: isHardware });
      return { HardwareMFADevices: docs.filter(isHardware).map((token) => shown(view, token)), IsTruncated: next !== undefined, ...(next !== undefined && { Marker: marker.seal(next) }) };
    },
  },

  DeleteHardwareMFADevice: {
    access: ({ SerialNumber }, { account }) => [deviceAsk(account, SerialNumber)],
    run: ({ SerialNumber }, { write, error }) => write((draft) => {
      const device = draft.mfaDevices.find(SerialNumber);
      if (!device || !isHardware(device)) throw error('NoSuchHardwareMFADevice', `No hardware token ${SerialNumber} was imported.`);
      if (device.Owner) throw error('HardwareMFADeviceInUse', `The token ${SerialNumber} is somebody's. Deactivate it first.`);
      draft.mfaDevices.remove(SerialNumber);
    }),
  },
} satisfies Operations<Gatehouse, `${'Import' | 'Delete'}HardwareMFADevice` | 'ListHardwareMFADevices'>;

const isHardware = (device: MfaDeviceDoc): device is HardwareTokenDoc => device.Kind === 'hardware';

const deviceAsk = (account: string, SerialNumber: string): Ask => ({ resource: `arn:aws:gatehouse::${account}:hardware-mfa-device/${SerialNumber}` });

/** A token without its seed, which no operation gives out. */
function shown(view: AccountView, { SerialNumber, CreateDate, Owner }: HardwareTokenDoc): HardwareMFADevice {
  if (!Owner) return { SerialNumber, ImportDate: CreateDate };
  const UserName = view.users.find(Owner.PrincipalId)?.UserName;
  return { SerialNumber, ImportDate: CreateDate, ...(UserName !== undefined && { UserName }), EnableDate: Owner.EnableDate };
}
