/** The account alias, asked of a whole Gatehouse with two accounts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
let other: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'aliases' });
  iam = gatehouse.iam();
  other = gatehouse.iam(await gatehouse.newAccount('444455556666'));
});
after(() => gatehouse.stop());

const aliasesOf = async (client: IAMClient) => (await client.send(new ListAccountAliasesCommand({}))).AccountAliases;
const create = (client: IAMClient, AccountAlias: string) => client.send(new CreateAccountAliasCommand({ AccountAlias }));
const remove = (client: IAMClient, AccountAlias: string) => client.send(new DeleteAccountAliasCommand({ AccountAlias }));

test('an account has one alias: a new one replaces the old, which anybody may take', async () => {
  assert.deepEqual(await aliasesOf(iam), []);
  await create(iam, 'first-alias');
  await create(iam, 'second');
  assert.deepEqual(await aliasesOf(iam), ['second']);
  await create(other, 'first-alias');
  assert.deepEqual(await aliasesOf(other), ['first-alias']);
});

test('an alias in use in any account is taken', async () => {
  await create(iam, 'mine');
  for (const client of [iam, other]) await assertRefused(create(client, 'mine'), { code: 'EntityAlreadyExists', status: 409, message: 'The account alias mine already exists.' });
});

test('DeleteAccountAlias takes off the account\'s own alias only', async () => {
  await create(iam, 'to-delete');
  for (const [client, alias] of [[other, 'to-delete'], [iam, 'absent']] as const) await assertRefused(remove(client, alias), { code: 'NoSuchEntity', status: 404, message: new RegExp(alias) });
  await remove(iam, 'to-delete');
  assert.deepEqual(await aliasesOf(iam), []);
});

test('an alias is lower-case letters, digits and single hyphens, and not an account number', async () => {
  for (const alias of ['Upper', 'double--hyphen', '-begins', 'ends-', 'ab', 'a'.repeat(64), '123456789012']) await assertRefused(create(iam, alias), { code: 'ValidationError', status: 400, message: /accountAlias/ });
  await create(iam, '1234567890123');
});
