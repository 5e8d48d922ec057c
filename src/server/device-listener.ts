/** The listener for devices: what its door stands on, and the certificate that it shows them. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Denied } from '../authz/denial.ts';
import type { RandomBytes } from '../base/ids.ts';
import { issueCertificate, newSerialNumber, toPem } from '../credentials/authority/issue.ts';
import type { AlternativeName } from '../credentials/authority/certificate-extensions.ts';
import { readOrMakeSecret } from './made-secret.ts';
import type { Plane } from './plane.ts';

export interface DeviceGround extends Pick<Plane, 'clock' | 'random' | 'newRequestId' | 'store' | 'authorize' | 'sessions' | 'awsManagedPolicies' | 'isServedHost' | 'warn'> {
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly assertAuditWritable: () => void;
}

interface TlsPair { readonly cert: string | Uint8Array; readonly key: string | Uint8Array }

/** The door, loaded only where a start was told a port for it. */
export interface DeviceDoor {
  readonly listenForDevices: (ground: DeviceGround, options: TlsPair & { readonly host: string; readonly port: number }) => Promise<{ readonly port: number; close(): Promise<void> }>;
}

export interface ServedDevices { readonly port: number; readonly address: string; close(): Promise<void> }

/** Where an authority of our own keeps its key, and its certificate for those who are to trust it. */
export interface DeviceAuthorityFiles { readonly key: string; readonly certificate: string }

/** Listens. `hostName` is how devices name this host; without a certificate of the operator's, one is made for it. */
export async function serveDevices(plane: Plane, door: DeviceDoor, { host, port, hostName, tls, files }: { readonly host: string; readonly port: number; readonly hostName: string; readonly tls: TlsPair | undefined; readonly files: DeviceAuthorityFiles }): Promise<ServedDevices> {
  const listener = await door.listenForDevices(deviceGround(plane), { host, port, ...(tls ?? makePair(hostName, files, plane.random, plane.clock())) });
  return { port: listener.port, address: `${hostName}:${listener.port}`, close: () => listener.close() };
}

export function deviceGround(plane: Plane): DeviceGround {
  const { clock, random, newRequestId, store, authorize, sessions, awsManagedPolicies, isServedHost, warn, audit, denials } = plane;
  return {
    clock, random, newRequestId, store, authorize, sessions, awsManagedPolicies, isServedHost, warn,
    recordDenial: (denied, occasion, at) => denials.record(denied, occasion, at).id,
    recordEvent: (record) => audit.recordEvent(record),
    assertAuditWritable: () => audit.assertWritable(),
  };
}

const day = 86_400_000;
const authorityName = [{ type: 'O', value: 'Gatehouse' }, { type: 'CN', value: 'Gatehouse device endpoint' }];

/** A certificate for this start, signed by an authority that stays. */
export function makePair(hostName: string, files: DeviceAuthorityFiles, random: RandomBytes, now: number): TlsPair {
  const authorityKey = createPrivateKey(readOrMakeSecret(files.key, () => exported(newKey())));
  const common = { notBefore: now - day, serialNumber: newSerialNumber(random) };
  // The same name and key each time: who trusts an earlier certificate of the authority trusts what this one signs.
  const authority = issueCertificate({ ...common, subject: authorityName, publicKey: createPublicKey(authorityKey), notAfter: now + 3_650 * day, profile: { kind: 'authority', pathLength: 0 } }, { name: authorityName, key: authorityKey });
  writeFileSync(files.certificate, toPem('CERTIFICATE', authority));
  const key = newKey();
  const certificate = issueCertificate({
    ...common, serialNumber: newSerialNumber(random), subject: [{ type: 'CN', value: hostName.slice(0, 64) }], publicKey: createPublicKey(key), notAfter: now + 820 * day, profile: { kind: 'endEntity', isServer: true },
    alternativeNames: [...new Set([hostName, 'localhost', '127.0.0.1', '::1'])].map(nameOf),
  }, { name: authorityName, key: authorityKey });
  return { cert: toPem('CERTIFICATE', certificate), key: exported(key) };
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const exported = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }) as string;

function nameOf(text: string): AlternativeName {
  const value = text.replaceAll(/[[\]]/g, '');
  return { kind: isIP(value) === 0 ? 'DNS' : 'IP', value };
}
