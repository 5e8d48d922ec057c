/** Every operation of IAM under boto3, where it is: what it sends is taken, what it is answered keeps what its own model promises. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { iam as service } from '../../src/services/iam/index.ts';
import { makeSampleAccount, sampleInput, type SampleValues } from '../iam/sample-account.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';

/** What operations make and take away is called otherwise than what the others look at. */
const own: Readonly<Record<string, readonly [sample: string, toured: string]>> = {
  User: ['sample-user', 'toured-user'],
  Group: ['sample-group', 'toured-group'],
  Role: ['sample-role', 'toured-role'],
  Policy: ['sample-policy', 'toured-policy'],
  InstanceProfile: ['sample-profile', 'toured-profile'],
  VirtualMFADevice: ['sample-device', 'toured-device'],
  ServerCertificate: ['sample-certificate', 'toured-certificate'],
  SAMLProvider: ['sample-provider', 'toured-provider'],
  OpenIDConnectProvider: ['issuer.example', 'toured.example'],
};

const withoutRequest = 'NoSuchEntity';
const withoutOrganization = 'OrganizationNotFoundException';
/** Refusals that the sample account makes inevitable; everything else is answered. */
const refused: Readonly<Record<string, string>> = {
  // There is one already.
  CreateAccountAlias: 'EntityAlreadyExists', UploadSSHPublicKey: 'DuplicateSSHPublicKey', UploadSigningCertificate: 'DuplicateCertificate',
  // Nobody is onboarded, and nothing is in an organization.
  CreateDelegationRequest: 'AccessDenied', SendDelegationToken: withoutRequest, GetHumanReadableSummary: withoutRequest,
  AcceptDelegationRequest: withoutRequest, AssociateDelegationRequest: withoutRequest, GetDelegationRequest: withoutRequest, RejectDelegationRequest: withoutRequest, UpdateDelegationRequest: withoutRequest,
  GenerateOrganizationsAccessReport: 'AccessDenied', GetOrganizationsAccessReport: 'NoSuchEntity', ListOrganizationsFeatures: withoutOrganization,
  EnableOrganizationsRootCredentialsManagement: withoutOrganization, EnableOrganizationsRootSessions: withoutOrganization, DisableOrganizationsRootCredentialsManagement: withoutOrganization, DisableOrganizationsRootSessions: withoutOrganization,
  // The codes are made up, so no device is anyone's.
  EnableMFADevice: 'InvalidAuthenticationCode', GetMFADevice: 'NoSuchEntity', ResyncMFADevice: 'NoSuchEntity', DeactivateMFADevice: 'NoSuchEntity',
  // The caller has no password, and no policy of passwords stands yet when it is looked at.
  ChangePassword: 'NoSuchEntity', GetAccountPasswordPolicy: 'NoSuchEntity',
  // No policy lets the user into the service.
  GetServiceLastAccessedDetailsWithEntities: 'InvalidInput',
  // The version is the default one, and the role is gone with the sample.
  DeletePolicyVersion: 'DeleteConflict', DeleteServiceLinkedRole: 'NoSuchEntity',
};

/** Where AWS's answers are not what AWS's model says. Source: the examples of get-role and simulate-principal-policy (AWS CLI Command Reference). */
const otherwise = /\.PermissionsBoundaryType is none of its values: 'Policy'$|\.SourcePolicyType is none of its values: 'IAM Policy'$/;

interface Toured { readonly outcome: string; readonly faults: readonly string[] }

test('boto3 makes every request of IAM, and reads every answer', async (t) => {
  const python = findOnPath('python3');
  if (python === undefined || spawnSync(python, ['-c', 'import boto3']).status !== 0) return t.skip('BOTO3 IS NOT THERE: the tour was not made.');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-boto3-'));
  const program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data')], cwd: folder });
  try {
    const { accessKeyId, secretAccessKey } = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
    const { endpoint } = program;
    const client = new IAMClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
    const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const { User } = await client.send(new GetUserCommand({}));
    const account = User!.Arn!.split(':')[4]!;
    const values = await makeSampleAccount(client, account, sshKey, 'sample-alias');
    const requests = [...service.operations.keys()].sort((a, b) => turnOf(a) - turnOf(b)).map((operation) => [operation, inputOf(operation, values)]);
    const { stdout, stderr, status } = spawnSync(python, [join(import.meta.dirname, 'boto3_tour.py')], { cwd: folder, env: { ...plainEnvironment(), AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') }, encoding: 'utf8', input: JSON.stringify({ service: 'iam', endpoint, accessKeyId, secretAccessKey, requests }) });
    assert.equal(status, 0, stderr);
    const toured = JSON.parse(stdout) as Readonly<Record<string, Toured>>;
    assert.deepEqual(Object.entries(toured).flatMap(([, { faults }]) => faults).filter((fault) => !otherwise.test(fault)), []);
    const unknown = Object.entries(toured).filter(([, { outcome }]) => outcome === 'unknown').map(([operation]) => operation);
    if (unknown.length > 0) t.diagnostic(`this boto3 does not know: ${unknown.join(', ')}`);
    const refusals = Object.entries(toured).filter(([, { outcome }]) => outcome !== 'answered' && outcome !== 'unknown').map(([operation, { outcome }]) => [operation, outcome]);
    assert.deepEqual(Object.fromEntries(refusals), refused);
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true });
  }
});

/** What makes comes first, then what looks and changes, then what takes away: attachments and credentials before what they hang on. */
function turnOf(operation: string): number {
  if (/^(Create|Upload|Generate|Enable)/.test(operation)) return 0;
  if (!/^(Delete|Remove|Detach|Deactivate|Disable)/.test(operation)) return 1;
  return own[operation.slice('Delete'.length)] ? 3 : 2;
}

function inputOf(operation: string, values: SampleValues): Readonly<Record<string, unknown>> {
  const input = operation === 'UpdateAssumeRolePolicy' ? { ...sampleInput(operation, values), PolicyDocument: values['AssumeRolePolicyDocument'] } : sampleInput(operation, values);
  const [sample, toured] = own[/^(?:Create|Upload|Delete)(\w+)$/.exec(operation)?.[1] ?? ''] ?? [];
  return sample === undefined || toured === undefined ? input : JSON.parse(JSON.stringify(input).replaceAll(sample, toured));
}
