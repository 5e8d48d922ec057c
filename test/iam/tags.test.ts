/** Tags of users, roles and policies, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, GetUserCommand, ListPolicyTagsCommand, ListRoleTagsCommand, ListUserTagsCommand, TagPolicyCommand, TagRoleCommand, TagUserCommand, UntagPolicyCommand, UntagRoleCommand, UntagUserCommand } from '@aws-sdk/client-iam';
import type { IAMClient, Tag } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, noSuch, tooManyTags } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
let policyArn: string;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'tags' });
  iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName: 'tagged' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'tagged', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'tagged', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }));
  policyArn = Policy!.Arn!;
});
after(() => gatehouse.stop());

interface Page { readonly Tags?: Tag[] | undefined; readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }
interface Tagging {
  readonly kind: string;
  tag(Tags: Tag[]): Promise<unknown>;
  untag(TagKeys: string[]): Promise<unknown>;
  list(page?: { MaxItems?: number; Marker?: string | undefined }): Promise<Page>;
}

const taggings: readonly Tagging[] = [
  { kind: 'user', tag: (Tags) => iam.send(new TagUserCommand({ UserName: 'tagged', Tags })), untag: (TagKeys) => iam.send(new UntagUserCommand({ UserName: 'tagged', TagKeys })), list: (page) => iam.send(new ListUserTagsCommand({ UserName: 'tagged', ...page })) },
  { kind: 'role', tag: (Tags) => iam.send(new TagRoleCommand({ RoleName: 'tagged', Tags })), untag: (TagKeys) => iam.send(new UntagRoleCommand({ RoleName: 'tagged', TagKeys })), list: (page) => iam.send(new ListRoleTagsCommand({ RoleName: 'tagged', ...page })) },
  { kind: 'policy', tag: (Tags) => iam.send(new TagPolicyCommand({ PolicyArn: policyArn, Tags })), untag: (TagKeys) => iam.send(new UntagPolicyCommand({ PolicyArn: policyArn, TagKeys })), list: (page) => iam.send(new ListPolicyTagsCommand({ PolicyArn: policyArn, ...page })) },
];

const tag = (Key: string, Value = ''): Tag => ({ Key, Value });
const keysOf = ({ Tags }: Page): (string | undefined)[] | undefined => Tags?.map(({ Key }) => Key);

async function clear({ untag, list }: Tagging): Promise<void> {
  const keys = keysOf(await list());
  if (keys?.length) await untag(keys as string[]);
}

for (const tagging of taggings) {
  const { kind, tag: put, untag, list } = tagging;

  test(`tags of a ${kind} are put on, replaced, taken off and listed in order of key`, async () => {
    await clear(tagging);
    await put([tag('team', 'blue'), tag('Cost', '1')]);
    await put([tag('team', 'red'), tag('üñí', 'ok')]);
    assert.deepEqual((await list()).Tags, [tag('Cost', '1'), tag('team', 'red'), tag('üñí', 'ok')]);
    await untag(['team', 'not-there']);
    assert.deepEqual(keysOf(await list()), ['Cost', 'üñí']);
  });

  test(`a ${kind} has fifty tags at most`, async () => {
    await clear(tagging);
    await put(Array.from({ length: 50 }, (_, i) => tag(`key-${i}`)));
    await assertRefused(put([tag('one-more')]), tooManyTags);
    await put([tag('key-49', 'changed')]);
    await assertRefused(put(Array.from({ length: 51 }, (_, i) => tag(`key-${i}`))), { code: 'ValidationError', status: 400, message: /'tags' failed to satisfy constraint: Member must have length less than or equal to 50/ });
  });

  test(`tags of a ${kind} are paged through, with the longest keys of any script`, async () => {
    await clear(tagging);
    const keys = Array.from({ length: 7 }, (_, i) => `${'語'.repeat(127)}${i}`);
    await put(keys.map((key) => tag(key)));
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await list({ MaxItems: 3, Marker });
      seen.push(...(keysOf(page) ?? []));
      ({ Marker } = page);
    } while (Marker !== undefined);
    assert.deepEqual(seen.sort(), keys);
  });

  test(`tags of a ${kind}: reserved and repeated keys, and values beyond the character set, are refused`, async () => {
    await assertRefused(put([tag('AWS:mine')]), { code: 'InvalidInput', status: 400, message: /reserved/ });
    await assertRefused(put([tag('a', '1'), tag('a', '2')]), { code: 'InvalidInput', status: 400, message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
    await assertRefused(put([tag('a', 'semi;colon')]), { code: 'ValidationError', status: 400, message: /'tags\.1\.member\.value'/ });
  });
}

test('letter case of keys: one key for users and roles, two for policies', async () => {
  for (const [index, expected] of [[0, ['department']], [1, ['department']], [2, ['Department', 'department']]] as const) {
    const tagging = taggings[index]!;
    await clear(tagging);
    await tagging.tag([tag('Department', 'finance')]);
    await tagging.tag([tag('department', 'hr')]);
    assert.deepEqual(keysOf(await tagging.list()), expected);
  }
});

test('GetUser shows the tags, and none when none are left', async () => {
  await clear(taggings[0]!);
  await taggings[0]!.tag([tag('seen')]);
  assert.deepEqual((await iam.send(new GetUserCommand({ UserName: 'tagged' }))).User?.Tags, [tag('seen')]);
  await clear(taggings[0]!);
  assert.equal((await iam.send(new GetUserCommand({ UserName: 'tagged' }))).User?.Tags, undefined);
});

test('tagging what does not exist names it', async () => {
  const absent = `arn:aws:iam::${gatehouse.account}:policy/absent`;
  const noPolicy = { code: 'NoSuchEntity', status: 404, message: `Policy ${absent} was not found.` };
  await assertRefused(iam.send(new TagUserCommand({ UserName: 'absent', Tags: [] })), noSuch('user', 'absent'));
  await assertRefused(iam.send(new UntagUserCommand({ UserName: 'absent', TagKeys: ['a'] })), noSuch('user', 'absent'));
  await assertRefused(iam.send(new ListUserTagsCommand({ UserName: 'absent' })), noSuch('user', 'absent'));
  await assertRefused(iam.send(new TagRoleCommand({ RoleName: 'absent', Tags: [tag('a')] })), noSuch('role', 'absent'));
  await assertRefused(iam.send(new UntagRoleCommand({ RoleName: 'absent', TagKeys: ['a'] })), noSuch('role', 'absent'));
  await assertRefused(iam.send(new ListRoleTagsCommand({ RoleName: 'absent' })), noSuch('role', 'absent'));
  await assertRefused(iam.send(new TagPolicyCommand({ PolicyArn: absent, Tags: [tag('a')] })), noPolicy);
  await assertRefused(iam.send(new UntagPolicyCommand({ PolicyArn: absent, TagKeys: ['a'] })), noPolicy);
  await assertRefused(iam.send(new ListPolicyTagsCommand({ PolicyArn: absent })), noPolicy);
  await assertRefused(iam.send(new TagPolicyCommand({ PolicyArn: 'not-an-arn-but-long-enough', Tags: [tag('a')] })), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
});

test('policies of AWS cannot be tagged, even by root', async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  for (const client of [iam, gatehouse.iam(gatehouse.root)]) await assertRefused(client.send(new TagPolicyCommand({ PolicyArn, Tags: [tag('a')] })), { code: 'AccessDenied', status: 403, message: /iam:TagPolicy on resource: policy arn:aws:iam::aws:policy\/ReadOnlyAccess/ });
  assert.deepEqual((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags, []);
});
