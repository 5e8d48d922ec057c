/** Every operation of IAM: which actions it asks permission for, all of them and no other; and whose account it can reach. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { iam as service } from '../../src/services/iam/index.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';
import { makeSampleAccount, sampleInput, type SampleValues, send } from './sample-account.ts';

/**
 * What an operation asks permission for beside the action of its own name, given tags and a boundary. Source: the table of operations of
 * "Actions, resources, and condition keys for IAM" (Service Authorization Reference). Every operation of IAM needs permission.
 */
const furtherActions: Readonly<Record<string, readonly string[]>> = {
  AddRoleToInstanceProfile: ['PassRole'],
  CreateInstanceProfile: ['TagInstanceProfile'],
  CreateOpenIDConnectProvider: ['TagOpenIDConnectProvider'],
  CreatePolicy: ['TagPolicy'],
  CreateRole: ['TagRole'],
  CreateSAMLProvider: ['TagSAMLProvider'],
  CreateUser: ['TagUser'],
  CreateVirtualMFADevice: ['TagMFADevice'],
  UploadServerCertificate: ['TagServerCertificate'],
};
/** Last those that take away what others need. */
const operations = [...service.operations.keys()].sort((a, b) => Number(isTaking(a)) - Number(isTaking(b)));
function isTaking(operation: string): boolean {
  return /^(Delete|Remove|Detach|Deactivate|Disable)/.test(operation);
}

const actionsOf = (operation: string): readonly string[] => [operation, ...(furtherActions[operation] ?? [])].map((action) => `iam:${action}`);

const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();

interface Outcome { readonly answer?: unknown; readonly message: string; readonly code?: string | undefined }

async function outcomeOf(request: Promise<unknown>): Promise<Outcome> {
  return request.then((answer) => ({ answer, message: '' }), (thrown: Error & { readonly Code?: string }) => ({ message: thrown.message, code: thrown.name }));
}

const refusedAction = ({ message }: Outcome): string | undefined => /is not authorized to perform: (\S+) on resource/.exec(message)?.[1];

describe('permissions:', () => {
  let gatehouse: TestGatehouse;
  let caller: RestrictedCaller;
  let values: SampleValues;
  before(async () => {
    gatehouse = await startGatehouse({ seed: 'every operation' });
    caller = await restrictedCaller(gatehouse);
    values = await makeSampleAccount(gatehouse.iam(), gatehouse.account, sshKey, 'sample-alias');
  });
  after(() => gatehouse.stop());

  for (const operation of operations) {
    test(`${operation} is denied by the lack of ${actionsOf(operation).join(' or of ')}, and of nothing else`, async () => {
      const request = () => outcomeOf(send(caller.iam, operation, sampleInput(operation, values)));
      for (const action of actionsOf(operation)) {
        await caller.permit({ Effect: 'Allow', NotAction: action, Resource: '*' });
        assert.equal(refusedAction(await request()), action);
      }
      await caller.permit({ Effect: 'Allow', Action: actionsOf(operation), Resource: '*' });
      const permitted = await request();
      assert.equal(refusedAction(permitted), undefined, permitted.message);
      assert.notEqual(permitted.code, 'ValidationError', permitted.message);
      assert.notEqual(permitted.code, 'InternalFailure', permitted.message);
    });
  }
});

describe('accounts:', () => {
  let gatehouse: TestGatehouse;
  let key: KeyPair;
  let theirs: SampleValues;
  let theirIds: readonly string[];
  before(async () => {
    gatehouse = await startGatehouse({ seed: 'two accounts' });
    const { account, plane } = gatehouse;
    theirs = await makeSampleAccount(gatehouse.iam(), account, sshKey, 'their-alias');
    // The other account has things of the same names, so that what names no account finds its own.
    key = await gatehouse.newAccount('444455556666');
    await makeSampleAccount(gatehouse.iam(key), '444455556666', sshKey, 'our-alias');
    const view = plane.store.loaded(account)!;
    theirIds = [...view.users.all()].map(({ UserId }) => UserId).concat([...view.roles.all()].map(({ RoleId }) => RoleId), [...view.groups.all()].map(({ GroupId }) => GroupId), [...view.policies.all()].map(({ PolicyId }) => PolicyId), [...view.accessKeys.all()].map(({ AccessKeyId }) => AccessKeyId));
  });
  after(() => gatehouse.stop());

  for (const operation of operations) {
    test(`${operation} by an administrator of another account reads and changes nothing of this one`, async () => {
      const { account, plane } = gatehouse;
      const { revision } = plane.store.loaded(account)!;
      const { answer, message, code } = await outcomeOf(send(gatehouse.iam(key), operation, sampleInput(operation, theirs)));
      assert.notEqual(code, 'InternalFailure', message);
      assert.equal(plane.store.loaded(account)!.revision, revision);
      assert.equal(plane.store.partition.aliases.find('their-alias')?.AccountId, account);
      const answered = JSON.stringify(answer ?? null);
      assert.ok(!answered.includes(account), answered);
      for (const id of theirIds) assert.ok(!answered.includes(id), answered);
    });
  }
});
