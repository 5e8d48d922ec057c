/** Every paged operation of IAM's model: what is there during a whole walk is met once, whatever comes and goes between its pages; a marker is good for its caller and its operation alone. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { foldCase, pairKey } from '../../src/store/tables.ts';
import type { Draft } from '../../src/store/store.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { seededRandom } from '../seeded-random.ts';
import { allowing, policyOf } from './documents.ts';
import { assertRefused } from './refusal.ts';
import { makeSampleAccount, type SampleValues, send } from './sample-account.ts';

type Answer = Readonly<Record<string, unknown>>;
type Row = Listed | { /** Why it never has a second page. */ readonly onePage: string };

interface Listed {
  readonly input: (values: SampleValues) => Readonly<Record<string, unknown>>;
  /** What tells the items of an answer apart. */
  readonly ids: (answer: Answer) => readonly unknown[];
  /** Brings the i-th thing, or takes it away. What is asked for by the list of what is there. */
  readonly put: (draft: Draft, i: number) => void;
  readonly remove: (draft: Draft, i: number) => void;
  /** Where fewer fit. */
  readonly things?: number;
}

const account = '111122223333';
const CreateDate = 0;
const document = allowing('s3:GetObject');
const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** Names in no order, that all begin alike. */
const nameOf = (i: number): string => `Thing-${(i * 7919) % 1009}`;
/** What a list shows of its items under that member; the items themselves where there is none. */
const idsIn = (list: string, member?: string) => (answer: Answer): readonly unknown[] => {
  const items = (answer[list] ?? []) as readonly unknown[];
  return items.map((item) => (member === undefined ? item : (item as Answer)[member]));
};

const user = (draft: Draft) => draft.users.findBy('name', 'sample-user')!;
const group = (draft: Draft) => draft.groups.findBy('name', 'sample-group')!;
const role = (draft: Draft) => draft.roles.findBy('name', 'sample-role')!;
const policy = (draft: Draft) => draft.policies.findBy('name', 'sample-policy')!;

const people = {
  put: (draft: Draft, i: number) => void draft.users.insert({ UserId: `AIDATHING${i}`, UserName: nameOf(i), Path: '/', CreateDate }),
  remove: (draft: Draft, i: number) => void draft.users.remove(`AIDATHING${i}`),
};
const crews = {
  put: (draft: Draft, i: number) => void draft.groups.insert({ GroupId: `AGPATHING${i}`, GroupName: nameOf(i), Path: '/', CreateDate }),
  remove: (draft: Draft, i: number) => void draft.groups.remove(`AGPATHING${i}`),
};
const actors = {
  put: (draft: Draft, i: number) => void draft.roles.insert({ RoleId: `AROATHING${i}`, RoleName: nameOf(i), Path: '/', CreateDate, TrustPolicy: { Document: document, PrincipalIds: {} } }),
  remove: (draft: Draft, i: number) => void draft.roles.remove(`AROATHING${i}`),
};
const rules = {
  put(draft: Draft, i: number) {
    draft.policies.insert({ PolicyId: `ANPATHING${i}`, PolicyName: nameOf(i), Path: '/', CreateDate, UpdateDate: CreateDate, DefaultVersionId: 'v1', LatestVersion: 1 });
    draft.policyVersions.insert({ PolicyId: `ANPATHING${i}`, VersionId: 'v1', CreateDate, Document: document });
  },
  remove(draft: Draft, i: number) {
    draft.policyVersions.remove(pairKey(`ANPATHING${i}`, 'v1'));
    draft.policies.remove(`ANPATHING${i}`);
  },
};

const inlineOf = (list: string, owner: string, ownerId: (draft: Draft) => string): Listed => ({
  input: (values) => ({ [owner]: values[owner] }), ids: idsIn(list),
  put: (draft, i) => void draft.inlinePolicies.insert({ PrincipalId: ownerId(draft), PolicyName: nameOf(i), Document: document }),
  remove: (draft, i) => void draft.inlinePolicies.remove(pairKey(ownerId(draft), nameOf(i))),
});
const attachedTo = (owner: string, ownerId: (draft: Draft) => string): Listed => ({
  input: (values) => ({ [owner]: values[owner] }), ids: idsIn('AttachedPolicies', 'PolicyArn'),
  // The account's own and AWS's, of which some have one name.
  put: (draft, i) => void draft.attachments.insert({ PrincipalId: ownerId(draft), PolicyArn: `arn:aws:iam::${i % 2 ? 'aws' : account}:policy/${nameOf(i >> 1)}` }),
  remove: (draft, i) => void draft.attachments.remove(pairKey(ownerId(draft), `arn:aws:iam::${i % 2 ? 'aws' : account}:policy/${nameOf(i >> 1)}`)),
});

/** Keys of the longest kind that differ at their ends only. */
const tagKey = (i: number): string => (i % 2 ? `${'語'.repeat(110)}${nameOf(i)}` : nameOf(i));
interface Tagged { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined }
const tagsOf = <Doc extends Tagged>(member: string, change: (draft: Draft, tags: (doc: Doc) => Tagged) => void): Listed => ({
  input: (values) => ({ [member]: values[member] }), ids: idsIn('Tags', 'Key'), things: 24,
  put: (draft, i) => change(draft, ({ Tags = [] }) => ({ Tags: [...Tags.filter(({ Key }) => Key !== tagKey(i)), { Key: tagKey(i), Value: '' }] })),
  remove: (draft, i) => change(draft, ({ Tags = [] }) => ({ Tags: Tags.filter(({ Key }) => Key !== tagKey(i)) })),
});
const simulated = (input: Listed['input']): Listed => ({
  input: (values) => ({ ...input(values), ActionNames: Array.from({ length: 12 }, (_, i) => `s3:Thing${i}`) }), ids: idsIn('EvaluationResults', 'EvalActionName'), things: 12,
  // What is decided changes, not what is asked.
  put: (draft, i) => void draft.inlinePolicies.insert({ PrincipalId: user(draft).UserId, PolicyName: nameOf(i), Document: document }),
  remove: (draft, i) => void draft.inlinePolicies.remove(pairKey(user(draft).UserId, nameOf(i))),
});

const rows: Readonly<Record<string, Row>> = {
  GetAccountAuthorizationDetails: {
    input: () => ({}), ids: (answer) => [...idsIn('UserDetailList', 'UserId')(answer), ...idsIn('GroupDetailList', 'GroupId')(answer), ...idsIn('RoleDetailList', 'RoleId')(answer), ...idsIn('Policies', 'PolicyId')(answer)],
    put: (draft, i) => [people, crews, actors, rules][i % 4]!.put(draft, i),
    remove: (draft, i) => [people, crews, actors, rules][i % 4]!.remove(draft, i),
  },
  GetGroup: {
    input: ({ GroupName }) => ({ GroupName }), ids: idsIn('Users', 'UserId'),
    put(draft, i) {
      people.put(draft, i);
      draft.memberships.insert({ UserId: `AIDATHING${i}`, GroupId: group(draft).GroupId });
    },
    remove(draft, i) {
      draft.memberships.remove(pairKey(`AIDATHING${i}`, group(draft).GroupId));
      people.remove(draft, i);
    },
  },
  GetOrganizationsAccessReport: { onePage: 'a report does not change: test/iam/organizations-access.test.ts' },
  GetServiceLastAccessedDetails: { onePage: 'a report does not change: test/iam/last-accessed.test.ts' },
  GetServiceLastAccessedDetailsWithEntities: { onePage: 'a report does not change: test/iam/last-accessed.test.ts' },
  ListAccessKeys: {
    input: ({ UserName }) => ({ UserName }), ids: idsIn('AccessKeyMetadata', 'AccessKeyId'),
    put: (draft, i) => void draft.accessKeys.insert({ AccessKeyId: `AKIA${foldCase(nameOf(i))}`, PrincipalId: user(draft).UserId, Status: 'Active', CreateDate, SecretAccessKey: '' }),
    remove: (draft, i) => void draft.accessKeys.remove(`AKIA${foldCase(nameOf(i))}`),
  },
  ListAccountAliases: { onePage: 'an account has one alias' },
  ListAttachedGroupPolicies: attachedTo('GroupName', (draft) => group(draft).GroupId),
  ListAttachedRolePolicies: attachedTo('RoleName', (draft) => role(draft).RoleId),
  ListAttachedUserPolicies: attachedTo('UserName', (draft) => user(draft).UserId),
  ListDelegationRequests: { onePage: 'there are none' },
  ListEntitiesForPolicy: {
    input: ({ PolicyArn }) => ({ PolicyArn }), ids: (answer) => [...idsIn('PolicyUsers', 'UserId')(answer), ...idsIn('PolicyGroups', 'GroupId')(answer), ...idsIn('PolicyRoles', 'RoleId')(answer)],
    put(draft, i) {
      [people, crews, actors][i % 3]!.put(draft, i);
      draft.attachments.insert({ PrincipalId: `${['AIDA', 'AGPA', 'AROA'][i % 3]}THING${i}`, PolicyArn: `arn:aws:iam::${account}:policy/sample-policy` });
    },
    remove(draft, i) {
      draft.attachments.remove(pairKey(`${['AIDA', 'AGPA', 'AROA'][i % 3]}THING${i}`, `arn:aws:iam::${account}:policy/sample-policy`));
      [people, crews, actors][i % 3]!.remove(draft, i);
    },
  },
  ListGroupPolicies: inlineOf('PolicyNames', 'GroupName', (draft) => group(draft).GroupId),
  ListGroups: { input: () => ({}), ids: idsIn('Groups', 'GroupId'), ...crews },
  ListGroupsForUser: {
    input: ({ UserName }) => ({ UserName }), ids: idsIn('Groups', 'GroupId'),
    put(draft, i) {
      crews.put(draft, i);
      draft.memberships.insert({ UserId: user(draft).UserId, GroupId: `AGPATHING${i}` });
    },
    remove(draft, i) {
      draft.memberships.remove(pairKey(user(draft).UserId, `AGPATHING${i}`));
      crews.remove(draft, i);
    },
  },
  ListInstanceProfileTags: tagsOf('InstanceProfileName', (draft, tags) => {
    const profile = draft.instanceProfiles.findBy('name', 'sample-profile')!;
    draft.instanceProfiles.update({ ...profile, ...tags(profile) });
  }),
  ListInstanceProfiles: {
    input: () => ({}), ids: idsIn('InstanceProfiles', 'InstanceProfileId'),
    put: (draft, i) => void draft.instanceProfiles.insert({ InstanceProfileId: `AIPATHING${i}`, InstanceProfileName: nameOf(i), Path: '/', CreateDate }),
    remove: (draft, i) => void draft.instanceProfiles.remove(`AIPATHING${i}`),
  },
  ListInstanceProfilesForRole: {
    input: ({ RoleName }) => ({ RoleName }), ids: idsIn('InstanceProfiles', 'InstanceProfileId'),
    put: (draft, i) => void draft.instanceProfiles.insert({ InstanceProfileId: `AIPATHING${i}`, InstanceProfileName: nameOf(i), Path: '/', CreateDate, RoleId: role(draft).RoleId }),
    remove: (draft, i) => void draft.instanceProfiles.remove(`AIPATHING${i}`),
  },
  ListMFADeviceTags: tagsOf('SerialNumber', (draft, tags) => {
    const device = draft.mfaDevices.find(`arn:aws:iam::${account}:mfa/sample-device`)!;
    if (device.Kind === undefined) draft.mfaDevices.update({ ...device, ...tags(device) });
  }),
  ListMFADevices: {
    input: ({ UserName }) => ({ UserName }), ids: idsIn('MFADevices', 'SerialNumber'),
    put: (draft, i) => void draft.mfaDevices.insert({ SerialNumber: `arn:aws:iam::${account}:mfa/${nameOf(i)}`, DeviceId: nameOf(i), CreateDate, Seed: '', Owner: { PrincipalId: user(draft).UserId, EnableDate: 0, DriftSteps: 0 } }),
    remove: (draft, i) => void draft.mfaDevices.remove(`arn:aws:iam::${account}:mfa/${nameOf(i)}`),
  },
  ListOpenIDConnectProviderTags: tagsOf('OpenIDConnectProviderArn', (draft, tags) => {
    const provider = draft.oidcProviders.find('issuer.example')!;
    draft.oidcProviders.update({ ...provider, ...tags(provider) });
  }),
  // AWS's own, which are listed behind the account's, do not change.
  ListPolicies: { input: () => ({ Scope: 'Local' }), ids: idsIn('Policies', 'Arn'), ...rules },
  ListPoliciesGrantingServiceAccess: { onePage: 'one request names fewer services than a page holds' },
  ListPolicyTags: tagsOf('PolicyArn', (draft, tags) => draft.policies.update({ ...policy(draft), ...tags(policy(draft)) })),
  ListPolicyVersions: {
    input: ({ PolicyArn }) => ({ PolicyArn }), ids: idsIn('Versions', 'VersionId'),
    put: (draft, i) => void draft.policyVersions.insert({ PolicyId: policy(draft).PolicyId, VersionId: `v${i + 2}`, CreateDate, Document: document }),
    remove: (draft, i) => void draft.policyVersions.remove(pairKey(policy(draft).PolicyId, `v${i + 2}`)),
  },
  ListRolePolicies: inlineOf('PolicyNames', 'RoleName', (draft) => role(draft).RoleId),
  ListRoleTags: tagsOf('RoleName', (draft, tags) => draft.roles.update({ ...role(draft), ...tags(role(draft)) })),
  ListRoles: { input: () => ({}), ids: idsIn('Roles', 'RoleId'), ...actors },
  ListSAMLProviderTags: tagsOf('SAMLProviderArn', (draft, tags) => {
    const provider = draft.samlProviders.find('sample-provider')!;
    draft.samlProviders.update({ ...provider, ...tags(provider) });
  }),
  ListSSHPublicKeys: {
    input: ({ UserName }) => ({ UserName }), ids: idsIn('SSHPublicKeys', 'SSHPublicKeyId'),
    put: (draft, i) => void draft.sshPublicKeys.insert({ SSHPublicKeyId: `APKA${nameOf(i)}`, PrincipalId: user(draft).UserId, Status: 'Active', UploadDate: 0, Fingerprint: '', PublicKey: '' }),
    remove: (draft, i) => void draft.sshPublicKeys.remove(`APKA${nameOf(i)}`),
  },
  ListServerCertificateTags: tagsOf('ServerCertificateName', (draft, tags) => {
    const certificate = draft.serverCertificates.findBy('name', 'sample-certificate')!;
    draft.serverCertificates.update({ ...certificate, ...tags(certificate) });
  }),
  ListServerCertificates: {
    input: () => ({}), ids: idsIn('ServerCertificateMetadataList', 'ServerCertificateId'),
    put: (draft, i) => void draft.serverCertificates.insert({ ServerCertificateId: `ASCATHING${i}`, ServerCertificateName: nameOf(i), Path: '/', UploadDate: 0, Expiration: 0, CertificateBody: '', PrivateKey: '' }),
    remove: (draft, i) => void draft.serverCertificates.remove(`ASCATHING${i}`),
  },
  ListServiceSpecificCredentials: {
    input: () => ({ AllUsers: true }), ids: idsIn('ServiceSpecificCredentials', 'ServiceSpecificCredentialId'),
    put: (draft, i) => void draft.serviceSpecificCredentials.insert({ ServiceSpecificCredentialId: `ACCA${nameOf(i)}`, PrincipalId: user(draft).UserId, ServiceName: 'codecommit.amazonaws.com', Status: 'Active', CreateDate, PublicName: nameOf(i), SecretHash: '' }),
    remove: (draft, i) => void draft.serviceSpecificCredentials.remove(`ACCA${nameOf(i)}`),
  },
  ListSigningCertificates: {
    input: ({ UserName }) => ({ UserName }), ids: idsIn('Certificates', 'CertificateId'),
    put: (draft, i) => void draft.signingCertificates.insert({ CertificateId: `CERTIFICATE${nameOf(i)}`, PrincipalId: user(draft).UserId, Status: 'Active', UploadDate: 0, CertificateBody: '', Fingerprint: nameOf(i) }),
    remove: (draft, i) => void draft.signingCertificates.remove(`CERTIFICATE${nameOf(i)}`),
  },
  ListUserPolicies: inlineOf('PolicyNames', 'UserName', (draft) => user(draft).UserId),
  ListUserTags: tagsOf('UserName', (draft, tags) => draft.users.update({ ...user(draft), ...tags(user(draft)) })),
  ListUsers: { input: () => ({}), ids: idsIn('Users', 'UserId'), ...people },
  ListVirtualMFADevices: {
    input: () => ({}), ids: idsIn('VirtualMFADevices', 'SerialNumber'),
    put: (draft, i) => void draft.mfaDevices.insert({ SerialNumber: `arn:aws:iam::${account}:mfa/${'long/'.repeat(i % 2 ? 0 : 35)}${nameOf(i)}`, DeviceId: nameOf(i), CreateDate, Seed: '' }),
    remove: (draft, i) => void draft.mfaDevices.remove(`arn:aws:iam::${account}:mfa/${'long/'.repeat(i % 2 ? 0 : 35)}${nameOf(i)}`),
  },
  SimulateCustomPolicy: simulated(() => ({ PolicyInputList: [document] })),
  SimulatePrincipalPolicy: simulated(({ Arn }) => ({ PolicySourceArn: Arn })),
};

const model: { readonly operations: Readonly<Record<string, { readonly input?: string }>>; readonly shapes: Readonly<Record<string, { readonly members?: object }>> } = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8'));

let gatehouse: TestGatehouse;
let iam: IAMClient;
let values: SampleValues;
let colleague: KeyPair;
let stranger: KeyPair;
let theirValues: SampleValues;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'paging', accountId: account });
  iam = gatehouse.iam();
  values = await makeSampleAccount(iam, account, sshKey, 'sample-alias');
  await iam.send(new sdk.CreateUserCommand({ UserName: 'colleague' }));
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'colleague', PolicyName: 'all', PolicyDocument: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }));
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'colleague' }));
  colleague = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  stranger = await gatehouse.newAccount('444455556666');
  theirValues = await makeSampleAccount(gatehouse.iam(stranger), '444455556666', sshKey, 'their-alias');
});
after(() => gatehouse.stop());

const write = (draft: (draft: Draft) => void) => gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'test:Churn' }, draft);
const listed = Object.entries(rows).filter((entry): entry is [string, Listed] => !('onePage' in entry[1]));
const invalid = { code: 'ValidationError', status: 400, message: 'Invalid Marker.' };

test('every paged operation of the model stands in the table', () => {
  const paged = Object.entries(model.operations).filter(([, { input = '' }]) => 'Marker' in (model.shapes[input]?.members ?? {})).map(([name]) => name);
  assert.deepEqual(Object.keys(rows), paged, 'If you are here because a list is new: give it a row, with what to put into it while it is walked.');
});

describe('a walk, while a third of the list comes and goes:', () => {
  for (const [operation, { input, ids, put, remove, things = 40 }] of listed) {
    test(operation, async () => {
      const random = seededRandom(`paging ${operation}`);
      const staying = Array.from({ length: things }, (_, i) => i).filter((i) => i % 3 !== 0);
      const there = new Set<number>();
      const set = (i: number, isThere: boolean) => (draft: Draft): void => {
        if (there.has(i) === isThere) return;
        (isThere ? put : remove)(draft, i);
      };
      const change = async (changes: readonly (readonly [i: number, isThere: boolean])[]): Promise<void> => {
        await write((draft) => { for (const [i, isThere] of changes) set(i, isThere)(draft); });
        for (const [i, isThere] of changes) there[isThere ? 'add' : 'delete'](i);
      };
      const walk = async (MaxItems: number, between: () => Promise<void>): Promise<readonly unknown[]> => {
        const seen: unknown[] = [];
        let Marker: string | undefined;
        do {
          const answer = (await send(iam, operation, { ...input(values), MaxItems, Marker })) as Answer;
          const page = ids(answer);
          assert.ok(page.length <= MaxItems);
          assert.equal(answer['IsTruncated'], answer['Marker'] !== undefined);
          seen.push(...page);
          Marker = answer['Marker'] as string | undefined;
          if (Marker !== undefined) await between();
        } while (Marker !== undefined);
        return seen;
      };
      const nothing = async (): Promise<void> => {};
      const beside = new Set(await walk(1_000, nothing));
      await change(staying.map((i) => [i, true]));
      const expected = (await walk(1_000, nothing)).filter((id) => operation.startsWith('Simulate') || !beside.has(id));
      assert.ok(expected.length > 0);
      for (const MaxItems of [1, 3, 7]) {
        const seen = await walk(MaxItems, async () => {
          const [first, second] = random(2);
          const coming = Array.from({ length: things }, (_, i) => i).filter((i) => i % 3 === 0);
          await change([[coming[first! % coming.length]!, true], [coming[second! % coming.length]!, false]]);
        });
        assert.equal(new Set(seen).size, seen.length, 'nothing is met twice');
        const missing = expected.filter((id) => !seen.includes(id));
        assert.deepEqual(missing, [], `with pages of ${MaxItems}`);
      }
      await change([...there].map((i) => [i, false]));
    });
  }
});

describe('a marker is refused', () => {
  const markers = new Map<string, string>();
  before(async () => {
    await write((draft) => { for (const [index, [, { put }]] of listed.entries()) for (let i = 0; i < 4; i++) put(draft, index * 4 + i); });
    for (const [operation, { input }] of listed) {
      const { Marker } = (await send(iam, operation, { ...input(values), MaxItems: 1 })) as { readonly Marker?: string };
      markers.set(operation, Marker!);
    }
  });

  for (const [index, [operation, { input }]] of listed.entries()) {
    test(`${operation}: of another caller, of another account, of another operation, and one that was changed`, async () => {
      const Marker = markers.get(operation)!;
      assert.ok(Marker.length <= 320, `${Marker.length} characters`);
      const other = markers.get(listed[(index + 1) % listed.length]![0])!;
      const ask = (marker: string, client = iam, own = values) => send(client, operation, { ...input(own), MaxItems: 1, Marker: marker });
      await ask(Marker);
      await assertRefused(ask(Marker, gatehouse.iam(colleague)), invalid);
      await assertRefused(ask(Marker, gatehouse.iam(gatehouse.root)), invalid);
      await assertRefused(ask(Marker, gatehouse.iam(stranger), theirValues), invalid);
      await assertRefused(ask(other), invalid);
      const middle = Marker.length >> 1;
      for (const changed of [`${Marker.slice(0, middle)}${Marker[middle] === 'A' ? 'B' : 'A'}${Marker.slice(middle + 1)}`, Marker.slice(0, -4), `${Marker}AAAA`, 'AAAA', 'Thing-1']) await assertRefused(ask(changed), invalid);
    });
  }
});
