/** A Gatehouse with roles for every way of getting temporary credentials, and a cluster whose service accounts it trusts: what the tests of unmodified clients share. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iamSdk from '@aws-sdk/client-iam';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { serveTestIssuer, testIssuerPath } from '../../src/doors/test-issuer/serve.ts';
import { openTestSigningKey, signTestToken } from '../../src/doors/test-issuer/signing-key.ts';
import { tokenClaims } from '../../src/doors/test-issuer/token-shapes.ts';
import type { KeyPair } from '../gatehouse.ts';
import { homeOf, plainEnvironment, startProgram } from '../running.ts';

export const account = '111122223333';
export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
export const sessionArn = (role: string, session: string): string => `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
const cluster = 'https://oidc.eks.eu-west-1.amazonaws.com/id/TEST';
export const serviceAccount = { namespace: 'web', name: 'api' };
export const externalId = 'acme-7';

export interface Federation {
  readonly folder: string;
  readonly endpoint: string;
  readonly admin: KeyPair;
  readonly iam: iamSdk.IAMClient;
  /** What every client is given: the endpoint, and nothing of the person who runs the tests; credentials are each test's own. */
  readonly env: NodeJS.ProcessEnv;
  /** Writes a file of the folder and gives its path. */
  write(name: string, text: string): string;
  /** A token of a service account of the cluster, as its kubelet would project it. */
  mintServiceAccountToken(name?: string): Promise<string>;
  close(): Promise<number | null>;
}

export async function startFederation(): Promise<Federation> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-federation-'));
  const key = await openTestSigningKey(join(folder, 'issuer'));
  const issuer = await serveTestIssuer(key, 0);
  const program = await startProgram({ args: ['--port', '0', '--account-id', account, '--data-dir', join(folder, 'data'), '--issuer-at', `${cluster}=${issuer.url}${testIssuerPath(cluster)}`], cwd: folder });
  const { accessKeyId, secretAccessKey } = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
  const iam = new iamSdk.IAMClient({ endpoint: program.endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
  await makeRoles(iam);
  return {
    folder, iam, endpoint: program.endpoint, admin: { accessKeyId, secretAccessKey },
    env: { ...plainEnvironment(), ...homeOf(folder), AWS_ENDPOINT_URL: program.endpoint, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') },
    write(name, text) {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    },
    mintServiceAccountToken(name = serviceAccount.name) {
      const claims = tokenClaims({ shape: 'kubernetes', namespace: serviceAccount.namespace, serviceAccount: name }, { issuer: cluster, audience: 'sts.amazonaws.com', lifetimeSeconds: undefined, claims: {} }, { nowSeconds: Math.floor(Date.now() / 1000), newId: () => crypto.randomUUID() });
      return signTestToken(key, claims!);
    },
    async close() {
      await issuer.stop();
      const code = await program.stop();
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}

async function makeRoles(iam: iamSdk.IAMClient): Promise<void> {
  const make = async (RoleName: string, Statement: object, policy?: object): Promise<void> => {
    await iam.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    if (policy) await iam.send(new iamSdk.PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: policy }) }));
  };
  const ownAccount = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' };
  await make('plain', ownAccount, { Effect: 'Allow', Action: ['sts:AssumeRole', 'iam:ListUsers'], Resource: '*' });
  await make('external', { ...ownAccount, Condition: { StringEquals: { 'sts:ExternalId': externalId } } });
  await make('guarded', { ...ownAccount, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
  await make('second', { ...ownAccount, Principal: { AWS: roleArn('plain') } });
  const Federated = (await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: cluster, ClientIDList: ['sts.amazonaws.com'] }))).OpenIDConnectProviderArn!;
  const name = cluster.slice('https://'.length);
  await make('pod', { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${name}:aud`]: 'sts.amazonaws.com', [`${name}:sub`]: `system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}` } } }, { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' });
}
