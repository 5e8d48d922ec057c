/** What issues certificates for devices: an authority of the account's own in each region, made with the first of them. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import { issueCertificate, newSerialNumber, toPem } from '../../credentials/authority/issue.ts';
import { makeKeyPair } from '../../credentials/authority/key-pair.ts';
import type { DeviceAuthorityDoc } from '../../store/iot-docs.ts';
import type { RunContext } from '../operation.ts';

type IssuerContext = Pick<RunContext<never>, 'view' | 'account' | 'region' | 'now' | 'random' | 'seal' | 'write'>;

/** AWS: the certificates that it issues end then. */
const issuedUntil: Timestamp = Date.parse('2049-12-31T23:59:59Z');

const place = (account: string, region: string) => ({ account, table: 'deviceAuthorities', key: region, field: 'PrivateKey' });

/** A certificate in PEM. What it is good for is what its registration says, and not who signed it. */
export async function issueDeviceCertificate(subject: readonly NameAttribute[], publicKey: KeyObject, context: IssuerContext): Promise<string> {
  const { account, region, now, random, seal } = context;
  const issuer = context.view.deviceAuthorities.find(region)?.Issuer ?? (await makeIssuer(context));
  const key = createPrivateKey(seal.open(issuer.PrivateKey, place(account, region)));
  return toPem('CERTIFICATE', issueCertificate({ subject, publicKey, serialNumber: newSerialNumber(random), notBefore: now - 60_000, notAfter: issuedUntil, profile: { kind: 'endEntity' } }, { name: issuerName, key }));
}

const issuerName: readonly NameAttribute[] = [{ type: 'O', value: 'Gatehouse' }, { type: 'CN', value: 'Devices' }];

async function makeIssuer({ account, region, now, random, seal, write }: IssuerContext): Promise<NonNullable<DeviceAuthorityDoc['Issuer']>> {
  const key = await makeKeyPair('ec');
  const certificate = issueCertificate({ subject: issuerName, publicKey: createPublicKey(key), serialNumber: newSerialNumber(random), notBefore: now - 60_000, notAfter: issuedUntil + 1000, profile: { kind: 'authority', pathLength: 0 } }, { name: issuerName, key });
  const Issuer = { Certificate: toPem('CERTIFICATE', certificate), PrivateKey: seal.seal(key.export({ format: 'pem', type: 'pkcs8' }) as string, place(account, region)) };
  return write((draft) => {
    const found = draft.deviceAuthorities.find(region);
    // Another request may have been first.
    if (found?.Issuer) return found.Issuer;
    if (found) draft.deviceAuthorities.update({ ...found, Issuer });
    else draft.deviceAuthorities.insert({ Region: region, Issuer });
    return Issuer;
  });
}
