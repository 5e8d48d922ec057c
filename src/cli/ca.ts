/** `gatehouse ca …`: a certificate authority of one's own, for tests and small set-ups. */
import { createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseName, showName } from '../base/distinguished-name.ts';
import type { NameAttribute } from '../base/distinguished-name.ts';
import { makeCertificateRequest, readCertificateRequest } from '../credentials/authority/certificate-request.ts';
import { issueCertificate, issueRevocationList, newSerialNumber, toPem } from '../credentials/authority/issue.ts';
import { createAuthorityFolder, openAuthorityFolder } from './authority-folder.ts';
import type { CaOptions } from './certificate-options.ts';
import { CommandError } from './commands.ts';
import type { KeyType } from './key-types.ts';
import { UsageError } from './option.ts';
import { writeSecretFile } from './secret-file.ts';
import type { World } from './world.ts';

const day = 86_400_000;

/** Clocks of devices differ: a certificate is good a little before it was made. */
const earlyMs = 5 * 60_000;

const makeKey: Readonly<Record<KeyType, () => KeyObject>> = {
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ec384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  rsa4096: () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey,
};

/** Makes the authority: a key, and a certificate that it signs itself. */
export async function caInit({ folder, subject, days, keyType }: CaOptions['init'], world: World): Promise<number> {
  const name = nameOf(subject);
  const key = makeKey[keyType]();
  const now = Date.now();
  const certificate = issueCertificate({ subject: name, publicKey: createPublicKey(key), serialNumber: newSerialNumber(randomBytes), notBefore: now - earlyMs, notAfter: wholeSecond(now + days * day), profile: { kind: 'authority', pathLength: 0 } }, { name, key });
  world.stdout.write(`${createAuthorityFolder(folder, { subject: showName({ attributes: name }), certificate: toPem('CERTIFICATE', certificate), key })}\n`);
  return 0;
}

/** Makes a key and a request for its certificate: where the device is. */
export async function caRequest({ subject, keyType, out }: CaOptions['request'], world: World): Promise<number> {
  const key = makeKey[keyType]();
  const request = makeCertificateRequest(nameOf(subject), key);
  writeKey(`${out}-key.pem`, key);
  writeFileSync(`${out}.csr`, toPem('CERTIFICATE REQUEST', request));
  world.stdout.write(`${out}.csr\n`);
  return 0;
}

/** Issues a certificate: for a request, or with a key that is made here. */
export async function caIssue({ folder, subject, csr, days, keyType, names, isServer, out }: CaOptions['issue'], world: World): Promise<number> {
  const authority = openAuthorityFolder(folder);
  const request = csr === undefined ? undefined : requestOf(csr);
  const name = subject === undefined ? request?.subject : nameOf(subject);
  if (!name || name.length === 0) throw new UsageError('--subject is needed: the name of the holder, as CN=device-1');
  const now = Date.now();
  const notAfter = wholeSecond(now + days * day);
  if (notAfter > authority.notAfter) throw new CommandError(`the authority's own certificate ends before that: at most ${Math.floor((authority.notAfter - now) / day)} days`);
  const key = request ? undefined : makeKey[keyType]();
  const serialNumber = newSerialNumber(randomBytes);
  const certificate = issueCertificate({
    subject: name, publicKey: request?.publicKey ?? createPublicKey(key!), serialNumber, notBefore: now - earlyMs, notAfter, profile: { kind: 'endEntity', isServer }, alternativeNames: names,
  }, authority);
  // Known before it is handed out: what is not known cannot be taken back.
  authority.record({ serial: hex(serialNumber), subject: showName({ attributes: name }), notAfter, issuedAt: now });
  if (key) writeKey(`${out}-key.pem`, key);
  writeFileSync(`${out}.pem`, toPem('CERTIFICATE', certificate));
  world.stdout.write(`${out}.pem\n`);
  return 0;
}

/** Takes certificates back: by their files, or their serial numbers in hexadecimal. The next list says so. */
export async function caRevoke({ folder }: CaOptions['revoke'], args: readonly string[], world: World): Promise<number> {
  if (args.length === 0) throw new UsageError('ca revoke takes the files of certificates, or their serial numbers in hexadecimal');
  const authority = openAuthorityFolder(folder);
  const issued = authority.issued();
  const serials = args.map((word) => (/^[0-9a-f]{2,40}$/i.test(word) ? word.toLowerCase() : serialOf(resolve(world.cwd, word))));
  for (const [i, serial] of serials.entries()) if (!issued.some((one) => one.serial === serial)) throw new CommandError(`${args[i]} was not issued by this authority`);
  for (const serial of new Set(serials)) if (issued.find((one) => one.serial === serial)?.revokedAt === undefined) authority.record({ serial, revokedAt: Date.now() });
  for (const serial of serials) world.stdout.write(`${serial}\n`);
  return 0;
}

/** Writes the list of what was taken back. */
export async function caCrl({ folder, days, out }: CaOptions['crl'], world: World): Promise<number> {
  const authority = openAuthorityFolder(folder);
  const now = Date.now();
  // What has expired need not be listed. Source: RFC 5280, section 5.
  const revoked = authority.issued().flatMap(({ serial, notAfter, revokedAt }) => (revokedAt === undefined || notAfter < now ? [] : [{ serialNumber: Buffer.from(serial, 'hex'), at: revokedAt }]));
  const list = toPem('X509 CRL', issueRevocationList({ number: Math.floor(now / 1000), thisUpdate: now - earlyMs, nextUpdate: wholeSecond(now + days * day), revoked }, authority));
  if (out === undefined) world.stdout.write(list);
  else writeFileSync(out, list);
  return 0;
}

/** Lists what was issued. */
export async function caList({ folder }: CaOptions['list'], world: World): Promise<number> {
  const now = Date.now();
  for (const { serial, subject, notAfter, revokedAt } of openAuthorityFolder(folder).issued()) {
    world.stdout.write(`${revokedAt !== undefined ? 'revoked' : notAfter < now ? 'expired' : 'good   '}  ${serial}  until ${new Date(notAfter).toISOString()}  ${subject}\n`);
  }
  return 0;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Certificates know no parts of a second. */
const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;

const writeKey = (path: string, key: KeyObject): void => writeSecretFile(path, key.export({ format: 'pem', type: 'pkcs8' }) as string);

function nameOf(text: string): readonly NameAttribute[] {
  const name = parseName(text);
  if (!name) throw new UsageError(`"${text}" is no name: write it as CN=device-1,O=Example`);
  return name;
}

function requestOf(path: string) {
  const request = readCertificateRequest(readText(path));
  if (!request) throw new CommandError(`${path} is no certificate request in PEM that its own key signed`);
  return request;
}

function serialOf(path: string): string {
  try {
    return new X509Certificate(readText(path)).serialNumber.toLowerCase();
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${path} is no certificate`, { cause });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
