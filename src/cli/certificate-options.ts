/** What the commands that make and show certificates were told, checked. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AlternativeName } from '../credentials/authority/certificate-extensions.ts';
import type { KeyType } from './key-types.ts';
import { UsageError } from './option.ts';
import type { GivenFlags } from './option.ts';
import { options, optionsGiven, roleGiven } from './options.ts';
import { readGivenFile } from './value-readers.ts';
import type { World } from './world.ts';

/** Where `credential-process` shows a certificate. */
export interface CertificateSessionOptions {
  readonly dataDir: string;
  readonly certificateFile: string;
  readonly privateKeyFile: string;
  readonly intermediatesFile: string | undefined;
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  /** Undefined: as the profile has it; of the session's name, the certificate's serial number. */
  readonly seconds: number | undefined;
  readonly sessionName: string | undefined;
}

/** What `credential-process` was told of a certificate, checked; undefined where it is none that proves who asks. */
export function certificateSessionOptions(given: GivenFlags, world: World): CertificateSessionOptions | undefined {
  const values = optionsGiven('credential-process', given, world);
  const { certificateFile, privateKeyFile, intermediatesFile, trustAnchorArn, profileArn, externalId, mfaSerial, mfaCode } = values;
  const isOther = externalId !== undefined || mfaSerial !== undefined || mfaCode !== undefined;
  if (certificateFile === undefined) {
    if (privateKeyFile !== undefined || intermediatesFile !== undefined || trustAnchorArn !== undefined || profileArn !== undefined) throw new UsageError('--certificate is needed beside --private-key, --intermediates, --trust-anchor-arn and --profile-arn');
    return undefined;
  }
  if (privateKeyFile === undefined || trustAnchorArn === undefined || profileArn === undefined) throw new UsageError('--certificate goes together with --private-key, --trust-anchor-arn and --profile-arn');
  if (isOther) throw new UsageError('--external-id, --serial-number and --token-code mean nothing beside --certificate');
  const file = (path: string): string => resolve(world.cwd, path);
  const isNamed = given['sessionName'] !== undefined || world.env[options.sessionName.environment] !== undefined;
  return {
    dataDir: file(values.dataDir), certificateFile: file(certificateFile), privateKeyFile: file(privateKeyFile), intermediatesFile: intermediatesFile === undefined ? undefined : file(intermediatesFile),
    trustAnchorArn, profileArn, roleArn: roleGiven(values), seconds: values.sessionSeconds, sessionName: isNamed ? values.sessionName : undefined,
  };
}

/** What `agent` was told. */
export interface AgentOptions {
  readonly port: number;
  /** Where the token is written that opens the credentials; undefined where everything on the machine may have them. */
  readonly containerTokenFile: string | undefined;
  /** The cluster whose pods are given their own roles' credentials, instead of the machine's. */
  readonly cluster: string | undefined;
  /** By what the machine is known. */
  readonly identity: { readonly kind: 'certificate'; readonly session: CertificateSessionOptions } | EnrolledIdentity;
}

/** A machine that enrols with a code, and keeps what it is given in a folder. */
export interface EnrolledIdentity { readonly kind: 'enrolled'; readonly folder: string; readonly code: string | undefined; readonly dataDir: string; readonly seconds: number | undefined }

export function agentOptions(given: GivenFlags, world: World): AgentOptions {
  const values = optionsGiven('agent', given, world);
  const { agentPort: port, containerTokenFile, agentCluster: cluster, certificateFile, privateKeyFile, intermediatesFile, trustAnchorArn, profileArn, sessionSeconds: seconds, machineDir } = values;
  if (cluster !== undefined && containerTokenFile !== undefined) throw new UsageError('--token-file means nothing beside --cluster: pods show tokens of their own');
  const served = { port, cluster, containerTokenFile: containerTokenFile === undefined ? undefined : resolve(world.cwd, containerTokenFile) };
  if (machineDir !== undefined) {
    if (certificateFile !== undefined || privateKeyFile !== undefined || intermediatesFile !== undefined || trustAnchorArn !== undefined || profileArn !== undefined || values.role !== undefined || values.roleArn !== undefined) throw new UsageError('--machine-dir needs no certificate and no role: the code says which they are');
    return { ...served, identity: { kind: 'enrolled', folder: resolve(world.cwd, machineDir), code: codeGiven(values, world), dataDir: resolve(world.cwd, values.dataDir), seconds } };
  }
  if (certificateFile === undefined || privateKeyFile === undefined || trustAnchorArn === undefined || profileArn === undefined) throw new UsageError('--machine-dir is needed, or --certificate, --private-key, --trust-anchor-arn and --profile-arn');
  const file = (path: string): string => resolve(world.cwd, path);
  return {
    ...served,
    identity: { kind: 'certificate', session: {
      dataDir: file(values.dataDir), certificateFile: file(certificateFile), privateKeyFile: file(privateKeyFile), intermediatesFile: intermediatesFile === undefined ? undefined : file(intermediatesFile),
      trustAnchorArn, profileArn, roleArn: roleGiven(values), seconds, sessionName: undefined,
    } },
  };
}

/** The code itself, from its file or the environment. */
function codeGiven({ codeFile, enrollmentCode }: { readonly codeFile: string | undefined; readonly enrollmentCode: string | undefined }, world: World): string | undefined {
  if (codeFile !== undefined && enrollmentCode !== undefined) throw new UsageError('GATEHOUSE_ENROLLMENT_CODE and --code-file are both given: leave one out');
  if (codeFile === undefined) return enrollmentCode;
  const path = resolve(world.cwd, codeFile);
  // The machine may be enrolled, and what it enrolled with be gone.
  return existsSync(path) ? readGivenFile(path, '--code-file').toString('latin1').trim() : undefined;
}

/** What the commands of an authority are told. */
export interface CaOptions {
  readonly init: { readonly folder: string; readonly subject: string; readonly days: number; readonly keyType: KeyType };
  readonly issue: { readonly folder: string; readonly subject: string | undefined; readonly csr: string | undefined; readonly days: number; readonly keyType: KeyType; readonly names: readonly AlternativeName[]; readonly isServer: boolean; readonly out: string };
  readonly request: { readonly subject: string; readonly keyType: KeyType; readonly out: string };
  readonly revoke: { readonly folder: string };
  readonly crl: { readonly folder: string; readonly days: number; readonly out: string | undefined };
  readonly list: { readonly folder: string };
}

export const caInitOptions = (given: GivenFlags, world: World): CaOptions['init'] => {
  const { caDir, caSubject, caDays = 3_650, caKeyType } = optionsGiven('ca init', given, world);
  if (caSubject === undefined) throw new UsageError('--subject is needed: the name of the authority, as CN=Example Authority');
  return { folder: resolve(world.cwd, caDir), subject: caSubject, days: caDays, keyType: caKeyType };
};

export const caIssueOptions = (given: GivenFlags, world: World): CaOptions['issue'] => {
  const { caDir, caSubject, caNames, caServer, caDays = 90, caKeyType, caRequest, caOut } = optionsGiven('ca issue', given, world);
  return { folder: resolve(world.cwd, caDir), subject: caSubject, csr: caRequest === undefined ? undefined : resolve(world.cwd, caRequest), days: caDays, keyType: caKeyType, names: caNames, isServer: caServer, out: outFile(caOut, world) };
};

export const caRequestOptions = (given: GivenFlags, world: World): CaOptions['request'] => {
  const { caSubject, caKeyType, caOut } = optionsGiven('ca request', given, world);
  if (caSubject === undefined) throw new UsageError('--subject is needed: the name of the holder, as CN=device-1');
  return { subject: caSubject, keyType: caKeyType, out: outFile(caOut, world) };
};

export const caFolder = (command: 'ca revoke' | 'ca list', given: GivenFlags, world: World): CaOptions['list'] => ({ folder: resolve(world.cwd, optionsGiven(command, given, world).caDir) });

export const caCrlOptions = (given: GivenFlags, world: World): CaOptions['crl'] => {
  const { caDir, caDays = 7, caOut } = optionsGiven('ca crl', given, world);
  return { folder: resolve(world.cwd, caDir), days: caDays, out: caOut === undefined ? undefined : resolve(world.cwd, caOut) };
};

function outFile(out: string | undefined, world: World): string {
  if (out === undefined) throw new UsageError('--out is needed: what the files that are written begin with');
  return resolve(world.cwd, out);
}
