/** What the AWS SDK for JavaScript makes of IAM by itself: its paginators, all of them, walk each list a page at a time; its waiters, all of them, wait until a thing is there. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import * as stsSdk from '@aws-sdk/client-sts';
import { intermediateCertificate, leafCertificate, leafKey } from '../certificates.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { newAuthenticator } from '../iam/authenticator.ts';
import { allowing, trusting } from '../iam/documents.ts';
import { operationsWith, send } from '../iam/sample-account.ts';
import { samlMetadata } from '../sts/saml-idp.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
/** What the lists are asked with that only the account knows. */
let jobId: string;

const three = ['a', 'b', 'c'] as const;
const Tags = three.map((Key) => ({ Key, Value: Key }));
const trust = trusting('Service', 'ec2.amazonaws.com');
const arnOf = (resource: string): string => `arn:aws:iam::${gatehouse.account}:${resource}`;

before(async () => {
  gatehouse = await startGatehouse({ seed: 'js sdk' });
  iam = gatehouse.iam();
  // Three of each, or as many as there can be.
  for (const name of three) {
    await iam.send(new sdk.CreateUserCommand({ UserName: name, Tags }));
    await iam.send(new sdk.CreateGroupCommand({ GroupName: name }));
    await iam.send(new sdk.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust, Tags }));
    await iam.send(new sdk.CreatePolicyCommand({ PolicyName: name, PolicyDocument: allowing('iam:*', 's3:*', 'sqs:*'), Tags }));
    await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: name, Tags }));
    await iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: 'a' }));
    await iam.send(new sdk.UploadServerCertificateCommand({ ServerCertificateName: name, CertificateBody: leafCertificate, PrivateKey: leafKey, Tags }));
    const SSHPublicKeyBody = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
    await iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName: 'a', SSHPublicKeyBody }));
  }
  for (const name of three) {
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'a', UserName: name }));
    if (name !== 'a') await iam.send(new sdk.AddUserToGroupCommand({ GroupName: name, UserName: 'a' }));
    const PolicyArn = arnOf(`policy/${name}`);
    await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'a', PolicyArn }));
    await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'a', PolicyArn }));
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'a', PolicyArn }));
    await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'a', PolicyName: name, PolicyDocument: allowing('iam:Get*') }));
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'a', PolicyName: name, PolicyDocument: allowing('iam:Get*') }));
    await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'a', PolicyName: name, PolicyDocument: allowing('iam:Get*') }));
  }
  for (const ServiceName of ['codecommit.amazonaws.com', 'codecommit.amazonaws.com', 'cassandra.amazonaws.com']) await iam.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName: 'a', ServiceName }));
  for (const action of ['iam:List*', 'iam:Get*']) await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn: arnOf('policy/c'), PolicyDocument: allowing(action) }));
  for (const CertificateBody of [leafCertificate, intermediateCertificate]) await iam.send(new sdk.UploadSigningCertificateCommand({ UserName: 'a', CertificateBody }));
  for (let keys = 0; keys < 2; keys += 1) await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'a' }));
  for (const name of three) {
    const authenticator = await newAuthenticator(gatehouse, name);
    await iam.send(new sdk.EnableMFADeviceCommand({ UserName: 'a', SerialNumber: authenticator.serialNumber, AuthenticationCode1: authenticator.code(-1), AuthenticationCode2: authenticator.code(0) }));
  }
  await iam.send(new sdk.TagMFADeviceCommand({ SerialNumber: arnOf('mfa/a'), Tags }));
  await iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://a.example', Tags }));
  await iam.send(new sdk.CreateSAMLProviderCommand({ Name: 'a', SAMLMetadataDocument: samlMetadata(), Tags }));
  await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'only' }));
  jobId = (await iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: arnOf('policy/a') }))).JobId!;
});
after(() => gatehouse.stop());

/** What each list is asked with, and how many items it has then. */
const lists: Readonly<Record<string, readonly [input: () => Readonly<Record<string, unknown>>, items: number]>> = {
  GetAccountAuthorizationDetails: [() => ({ Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] }), 13],
  GetGroup: [() => ({ GroupName: 'a' }), 3],
  GetServiceLastAccessedDetails: [() => ({ JobId: jobId }), 3],
  GetServiceLastAccessedDetailsWithEntities: [() => ({ JobId: jobId, ServiceNamespace: 'iam' }), 0],
  ListAccessKeys: [() => ({ UserName: 'a' }), 2],
  ListAccountAliases: [() => ({}), 1],
  ListAttachedGroupPolicies: [() => ({ GroupName: 'a' }), 3],
  ListAttachedRolePolicies: [() => ({ RoleName: 'a' }), 3],
  ListAttachedUserPolicies: [() => ({ UserName: 'a' }), 3],
  ListDelegationRequests: [() => ({}), 0],
  ListEntitiesForPolicy: [() => ({ PolicyArn: arnOf('policy/a') }), 3],
  ListGroupPolicies: [() => ({ GroupName: 'a' }), 3],
  ListGroups: [() => ({}), 3],
  ListGroupsForUser: [() => ({ UserName: 'a' }), 3],
  ListInstanceProfileTags: [() => ({ InstanceProfileName: 'a' }), 3],
  ListInstanceProfiles: [() => ({}), 3],
  ListInstanceProfilesForRole: [() => ({ RoleName: 'a' }), 3],
  ListMFADeviceTags: [() => ({ SerialNumber: arnOf('mfa/a') }), 3],
  ListMFADevices: [() => ({ UserName: 'a' }), 3],
  ListOpenIDConnectProviderTags: [() => ({ OpenIDConnectProviderArn: arnOf('oidc-provider/a.example') }), 3],
  ListPolicies: [() => ({ Scope: 'Local' }), 3],
  // It has no page size of its own: a hundred.
  ListPoliciesGrantingServiceAccess: [() => ({ Arn: arnOf('user/a'), ServiceNamespaces: ['iam', 's3', 'sqs'] }), 3],
  ListPolicyTags: [() => ({ PolicyArn: arnOf('policy/a') }), 3],
  ListPolicyVersions: [() => ({ PolicyArn: arnOf('policy/c') }), 3],
  ListRolePolicies: [() => ({ RoleName: 'a' }), 3],
  ListRoleTags: [() => ({ RoleName: 'a' }), 3],
  ListRoles: [() => ({}), 3],
  ListSAMLProviderTags: [() => ({ SAMLProviderArn: arnOf('saml-provider/a') }), 3],
  ListSSHPublicKeys: [() => ({ UserName: 'a' }), 3],
  ListServerCertificateTags: [() => ({ ServerCertificateName: 'a' }), 3],
  ListServerCertificates: [() => ({}), 3],
  ListServiceSpecificCredentials: [() => ({ UserName: 'a' }), 3],
  ListSigningCertificates: [() => ({ UserName: 'a' }), 2],
  ListUserPolicies: [() => ({ UserName: 'a' }), 3],
  ListUserTags: [() => ({ UserName: 'a' }), 3],
  // The administrator is one of them.
  ListUsers: [() => ({}), 4],
  ListVirtualMFADevices: [() => ({}), 3],
  SimulateCustomPolicy: [() => ({ PolicyInputList: [allowing('s3:Get*')], ActionNames: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'] }), 3],
  SimulatePrincipalPolicy: [() => ({ PolicySourceArn: arnOf('user/a'), ActionNames: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'] }), 3],
};

/** Lists that nobody can have here: there is no organization. */
const unreachable: ReadonlySet<string> = new Set(['GetOrganizationsAccessReport']);

type Page = Readonly<Record<string, unknown>>;
type Paginate = (config: { readonly client: IAMClient; readonly pageSize: number }, input: object) => AsyncIterable<Page>;
type WaitUntil = (config: { readonly client: IAMClient; readonly maxWaitTime: number; readonly minDelay: number; readonly maxDelay: number }, input: object) => Promise<{ readonly state: string }>;

/** The exports of the SDK whose names begin so, by the rest of the name. */
const exportsOf = <Kind>(prefix: string): ReadonlyMap<string, Kind> => new Map(Object.entries(sdk).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value as Kind]));
const paginators = exportsOf<Paginate>('paginate');
const waiters = exportsOf<WaitUntil>('waitUntil');

/** One page after the other, as the SDK walks them; by hand where it has no paginator. */
async function* walk(operation: string, input: Page): AsyncIterable<Page> {
  const paginate = paginators.get(operation);
  if (paginate) return yield* paginate({ client: iam, pageSize: 1 }, input);
  const page: Page = operation === 'ListPoliciesGrantingServiceAccess' ? {} : { MaxItems: 1 };
  for (let Marker: unknown, isFirst = true; isFirst || Marker !== undefined; isFirst = false) {
    const answer = await send(iam, operation, { ...input, ...page, ...(Marker !== undefined && { Marker }) }) as Page;
    yield answer;
    Marker = answer['Marker'];
  }
}

const itemsOf = (page: Page): readonly unknown[] => Object.entries(page).filter(([name]) => name !== '$metadata').flatMap(([, value]) => (Array.isArray(value) ? value : []) as readonly unknown[]);

test('every list of the model is walked here', () => {
  assert.deepEqual(Object.keys(lists).sort(), operationsWith('Marker').filter((operation) => !unreachable.has(operation)).sort());
  assert.deepEqual([...paginators.keys()].filter((operation) => !(operation in lists)), []);
  assert.deepEqual(Object.keys(stsSdk).filter((name) => /^(?:paginate|waitUntil)/.test(name)), [], 'STS has none');
});

for (const [operation, [input, items]] of Object.entries(lists)) {
  test(`${operation}, an item at a time, is the whole list: each item once, in its order`, async () => {
    const whole = await send(iam, operation, operation === 'ListPoliciesGrantingServiceAccess' ? input() : { ...input(), MaxItems: 1000 }) as Page;
    assert.equal(itemsOf(whole).length, items);
    const pages = await Array.fromAsync(walk(operation, input()));
    const sizes = pages.map((page) => itemsOf(page).length);
    if (operation !== 'ListPoliciesGrantingServiceAccess') assert.deepEqual(sizes, Array.from({ length: Math.max(items, 1) }, () => Math.min(items, 1)));
    // One after the other in each of the lists that an answer has.
    for (const [name, list] of Object.entries(whole).filter(([, value]) => Array.isArray(value))) assert.deepEqual(pages.flatMap((page) => page[name] ?? []), list);
    const { IsTruncated, Marker } = { IsTruncated: false, ...pages.at(-1) } as Page;
    assert.deepEqual([IsTruncated, Marker], [false, undefined]);
  });
}

/** What each waiter waits for, and what makes it. */
const awaited: Readonly<Record<string, readonly [input: () => object, make: () => Promise<unknown>]>> = {
  InstanceProfileExists: [() => ({ InstanceProfileName: 'late' }), () => iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'late' }))],
  PolicyExists: [() => ({ PolicyArn: arnOf('policy/late') }), () => iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'late', PolicyDocument: allowing('iam:List*') }))],
  RoleExists: [() => ({ RoleName: 'late' }), () => iam.send(new sdk.CreateRoleCommand({ RoleName: 'late', AssumeRolePolicyDocument: trust }))],
  UserExists: [() => ({ UserName: 'late' }), () => iam.send(new sdk.CreateUserCommand({ UserName: 'late' }))],
};

test('every waiter of the SDK is asked here', () => assert.deepEqual([...waiters.keys()].sort(), Object.keys(awaited)));

for (const [waiter, [input, make]] of Object.entries(awaited)) {
  test(`waitUntil${waiter}: it is not there, is made, and then there`, async () => {
    const seen: string[] = [];
    const client = {
      async send(command: Parameters<IAMClient['send']>[0]) {
        try {
          const answer: unknown = await iam.send(command);
          seen.push('there');
          return answer;
        } catch (error) {
          seen.push((error as Error).name);
          await make();
          throw error;
        }
      },
    };
    const { state } = await waiters.get(waiter)!({ client: client as unknown as IAMClient, maxWaitTime: 60, minDelay: 0.001, maxDelay: 0.001 }, input());
    assert.deepEqual([state, seen], ['SUCCESS', ['NoSuchEntityException', 'there']]);
  });
}
