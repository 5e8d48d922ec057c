/** How a machine enrols: it makes a key, proves a code once, and is given a certificate. The key is all that it keeps which is a secret. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificateRequest } from '../credentials/authority/certificate-request.ts';
import { toPem } from '../credentials/authority/issue.ts';
import { RefusedCall, callUnsigned } from './api-call.ts';
import { endpointOf } from './certificate-session.ts';
import type { CertificateSessionOptions, EnrolledIdentity } from './certificate-options.ts';
import { CommandError } from './commands.ts';
import { writeSecretFile } from './secret-file.ts';
import type { World } from './world.ts';

/** What stands in the folder beside key and certificate: what the certificate is shown to. */
interface Enrolled { readonly machineName: string; readonly trustAnchorArn: string; readonly profileArn: string; readonly roleArn: string }

const files = (folder: string) => ({ key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem'), enrolled: join(folder, 'machine.json') });

/** How the machine of the folder asks for sessions; it enrols first where it has not. */
export async function enrolledSession({ folder, code, dataDir, seconds }: EnrolledIdentity, world: World): Promise<CertificateSessionOptions> {
  const { key, certificate, enrolled } = files(folder);
  if (!existsSync(enrolled)) await enroll(folder, code, dataDir, world);
  else if (code !== undefined) world.stderr.write(`gatehouse: the machine in ${folder} is enrolled already: the code is not used\n`);
  const { trustAnchorArn, profileArn, roleArn } = readEnrolled(enrolled);
  return { dataDir, certificateFile: certificate, privateKeyFile: key, intermediatesFile: undefined, trustAnchorArn, profileArn, roleArn, seconds, sessionName: undefined };
}

async function enroll(folder: string, code: string | undefined, dataDir: string, world: World): Promise<void> {
  if (code === undefined) throw new CommandError(`the machine in ${folder} has not enrolled: give the code that lets it, in a file with --code-file or in GATEHOUSE_ENROLLMENT_CODE`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { key: keyFile, certificate, enrolled } = files(folder);
  const key = openKey(keyFile);
  const request = toPem('CERTIFICATE REQUEST', makeCertificateRequest([{ type: 'CN', value: 'machine' }], key));
  const answer = await callUnsigned(await endpointOf('ROLESANYWHERE', dataDir, world), 'EnrollMachine', { Code: code, CertificateRequest: request }, world).catch((thrown: unknown) => {
    throw thrown instanceof RefusedCall ? new CommandError(`the machine could not enrol: ${thrown.message}`, { cause: thrown }) : thrown;
  });
  const member = (name: string): string => {
    const text = answer.text(name);
    if (text === undefined) throw new CommandError('the answer is not one of Gatehouse');
    return text;
  };
  const told: Enrolled = { machineName: member('MachineName'), trustAnchorArn: member('TrustAnchorArn'), profileArn: member('ProfileArn'), roleArn: member('RoleArn') };
  writeSecretFile(certificate, member('Certificate'));
  // Last: with it the machine is enrolled.
  writeSecretFile(enrolled, `${JSON.stringify(told, undefined, 2)}\n`);
  world.stdout.write(`Enrolled as ${told.machineName}. The code is spent; the key is in ${keyFile}.\n`);
}

/** That of an attempt that did not succeed, or a new one, which is on disk before anything is asked with it. */
function openKey(file: string): KeyObject {
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  writeSecretFile(file, key.export({ format: 'pem', type: 'pkcs8' }) as string);
  return key;
}

function readEnrolled(file: string): Enrolled {
  // An edge: a file that this command wrote.
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Enrolled>;
  const { machineName, trustAnchorArn, profileArn, roleArn } = read;
  if (machineName === undefined || trustAnchorArn === undefined || profileArn === undefined || roleArn === undefined) throw new CommandError(`${file} is not what the agent wrote`);
  return { machineName, trustAnchorArn, profileArn, roleArn };
}
