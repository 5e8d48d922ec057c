/** No operation of IAM reads or changes another account, whatever of that account it names: asked of each, generated from the model. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { builtOperations, inputOf, makeOneOfEverything, sendByName, type OneOfEverything } from './every-operation.ts';

const other = '222233334444';

let gatehouse: TestGatehouse;
let theirs: OneOfEverything;
let stranger: IAMClient;
/** What only the first account's things are called by: its number and its unique ids. */
let marks: readonly string[];
before(async () => {
  gatehouse = await startGatehouse({ seed: 'two accounts' });
  theirs = await makeOneOfEverything(gatehouse);
  stranger = gatehouse.iam(await gatehouse.newAccount(other));
  const view = gatehouse.plane.store.loaded(gatehouse.account)!;
  const ids = [view.users, view.groups, view.roles, view.policies, view.accessKeys, view.instanceProfiles].flatMap((table) => [...table.all()].map((doc) => String(Object.values(doc)[0])));
  marks = [gatehouse.account, ...ids];
});
after(() => gatehouse.stop());

for (const operation of builtOperations) {
  test(`${operation} by another account's administrator`, async () => {
    const { store } = gatehouse.plane;
    const before = store.loaded(gatehouse.account)!.revision;
    const input = inputOf(operation, theirs);
    const answer = await sendByName(stranger, operation, input).then((value) => JSON.stringify(value), () => undefined);
    assert.equal(store.loaded(gatehouse.account)!.revision, before, 'the account was changed');
    if (answer === undefined) return;
    // What a caller says may be said back; beyond that, nothing of the other account may be in an answer.
    const said = JSON.stringify(input);
    for (const mark of marks) if (answer.includes(mark)) assert.ok(said.includes(mark), `${operation} told ${mark}`);
  });
}

test('the first account is as it was', async () => {
  const own = gatehouse.iam();
  for (const operation of ['GetUser', 'GetGroup', 'GetRole', 'GetPolicy', 'GetInstanceProfile', 'GetServerCertificate', 'GetOpenIDConnectProvider', 'GetSAMLProvider', 'ListVirtualMFADevices', 'GetLoginProfile'] as const) {
    await sendByName(own, operation, inputOf(operation, theirs));
  }
});
