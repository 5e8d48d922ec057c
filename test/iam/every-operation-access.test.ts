/** What each operation of IAM asks permission for, all of them in one table: held to the service authorization data, and asked of a whole Gatehouse. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Ask } from '../../src/authz/ask.ts';
import { ApiError } from '../../src/base/api-error.ts';
import { authorizationReference } from '../../src/server/read-model.ts';
import { iam as iamService } from '../../src/services/iam/index.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { builtOperations, inputOf, makeOneOfEverything, sendByName, type IamOperation, type OneOfEverything } from './every-operation.ts';

/** The actions that an operation asks for where they are not just its own. `none`: it needs no permission. */
const actionsOf: Readonly<Partial<Record<IamOperation, readonly string[]>>> = {
  AddRoleToInstanceProfile: ['iam:AddRoleToInstanceProfile', 'iam:PassRole'],
  CreateInstanceProfile: ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'],
  CreateOpenIDConnectProvider: ['iam:CreateOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider'],
  CreatePolicy: ['iam:CreatePolicy', 'iam:TagPolicy'],
  CreateRole: ['iam:CreateRole', 'iam:TagRole'],
  CreateSAMLProvider: ['iam:CreateSAMLProvider', 'iam:TagSAMLProvider'],
  CreateUser: ['iam:CreateUser', 'iam:TagUser'],
  CreateVirtualMFADevice: ['iam:CreateVirtualMFADevice', 'iam:TagMFADevice'],
  UploadServerCertificate: ['iam:UploadServerCertificate', 'iam:TagServerCertificate'],
};

const expectedActions = (operation: IamOperation): readonly string[] => actionsOf[operation] ?? [`iam:${operation}`];

/** Operations whose asks name a resource where the reference lists none: what AWS prints in denials of them. */
const namedAllTheSame: ReadonlySet<string> = new Set(['iam:ListUsers', 'iam:ListRoles', 'iam:ListGroups', 'iam:ListInstanceProfiles', 'iam:ListServerCertificates', 'iam:ListOpenIDConnectProviders', 'iam:ListSAMLProviders', 'iam:ListVirtualMFADevices']);

let gatehouse: TestGatehouse;
let everything: OneOfEverything;
let examiner: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'every operation' });
  everything = await makeOneOfEverything(gatehouse);
  const admin = gatehouse.iam();
  await admin.send(new sdk.CreateUserCommand({ UserName: 'examiner' }));
  await admin.send(new sdk.AttachUserPolicyCommand({ UserName: 'examiner', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  const { AccessKey } = await admin.send(new sdk.CreateAccessKeyCommand({ UserName: 'examiner' }));
  examiner = gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
});
after(() => gatehouse.stop());

/** What the operation asks for, without doing it. */
async function asksOf(operation: IamOperation): Promise<readonly Ask[]> {
  const { plane } = gatehouse;
  let asked: readonly Ask[] = [];
  const { authorize } = plane;
  // The plane of a test is its own; nothing else is asked meanwhile.
  const open = plane as { authorize: typeof authorize };
  open.authorize = (_caller, _action, asks) => {
    asked = asks;
    throw new ApiError('AccessDenied', 'only looked at');
  };
  try {
    await sendByName(examiner, operation, inputOf(operation, everything)).then(() => assert.fail(`${operation} was not asked about`), () => {});
    return asked;
  } finally {
    open.authorize = authorize;
  }
}

const isFree = (operation: IamOperation): boolean => typeof iamService.operations.get(operation)!.access !== 'function';

test('every operation that is built stands in the table, and needs a permission', () => {
  assert.deepEqual(builtOperations.filter(isFree), []);
  for (const operation of Object.keys(actionsOf)) assert.ok(builtOperations.includes(operation as IamOperation), operation);
});

describe('asks', () => {
  for (const operation of builtOperations) {
    test(`${operation} asks for ${expectedActions(operation).join(' and ')}`, async () => {
      const asks = await asksOf(operation);
      const actions = new Set(asks.map(({ action = `iam:${operation}` }) => action));
      assert.deepEqual([...actions].sort(), expectedActions(operation).toSorted());
      for (const ask of asks) checkAgainstReference(ask, ask.action ?? `iam:${operation}`);
    });
  }
});

/** The action, the kind of resource and each condition key must be ones that AWS lists. */
function checkAgainstReference({ resource, context = {} }: Ask, action: string): void {
  const iam = authorizationReference.find('iam')!;
  const listed = iam.actions.get(action.slice('iam:'.length).toLowerCase());
  assert.ok(listed, `${action} is no action of IAM`);
  const kinds = listed.resourceTypes.map(({ name }) => iam.resourceTypes.get(name)!);
  if (resource === '*') assert.deepEqual(kinds.map(({ name }) => name), [], `${action} asks for no resource, but has kinds of them`);
  else if (!namedAllTheSame.has(action) && !/:root$/.test(resource)) assert.ok(kinds.some(({ arn }) => isOfKind(resource, arn)), `${action} asks for ${resource}, and AWS lists ${kinds.map(({ arn }) => arn).join(', ') || 'no resource'}`);
  const keys = new Set([...listed.conditionKeys, ...kinds.flatMap(({ conditionKeys }) => conditionKeys)].map((key) => key.replace('${TagKey}', '').toLowerCase()));
  for (const [key, value] of Object.entries(context)) {
    if (value === undefined) continue;
    const prefix = /^(?:aws|iam):(?:Request|Resource)Tag\//i.exec(key)?.[0] ?? key;
    assert.ok(keys.has(prefix.toLowerCase()), `${action} is asked with ${key}, which AWS does not list for it`);
  }
}

/** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}`: any text for each variable. */
function isOfKind(resource: string, pattern: string): boolean {
  return new RegExp(`^${pattern.split(/\$\{\w+\}/).map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`).test(resource);
}

describe('an administrator who is denied one action is denied the operations that ask for it, and told so', () => {
  for (const operation of builtOperations) {
    for (const action of expectedActions(operation)) {
      test(`${operation} without ${action}`, async () => {
        await gatehouse.iam().send(new sdk.PutUserPolicyCommand({ UserName: 'examiner', PolicyName: 'denied', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: action, Resource: '*' } }) }));
        const { revision } = gatehouse.plane.store.loaded(gatehouse.account)!;
        const answer = await sendByName(examiner, operation, inputOf(operation, everything)).then(() => 'done', (error: Error) => `${error.name}: ${error.message}`);
        assert.match(answer, new RegExp(`^AccessDenied: .*not authorized to perform: ${action} on resource: .* with an explicit deny in an identity-based policy`));
        assert.equal(gatehouse.plane.store.loaded(gatehouse.account)!.revision, revision, 'nothing was changed');
      });
    }
  }
});
