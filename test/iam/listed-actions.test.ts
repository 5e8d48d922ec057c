/** What the operations of IAM ask permission for is what AWS lists for them: the action, the kind of resource, every condition key. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Ask } from '../../src/authz/ask.ts';
import { ApiError } from '../../src/base/api-error.ts';
import { authorizationReference } from '../../src/server/read-model.ts';
import { iam as service } from '../../src/services/iam/index.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { makeSampleAccount, sampleInput, type SampleValues, send } from './sample-account.ts';

/** Operations whose asks name a resource where the reference lists none: what AWS prints in denials of them. */
const namedAllTheSame: ReadonlySet<string> = new Set(['iam:ListUsers', 'iam:ListRoles', 'iam:ListGroups', 'iam:ListInstanceProfiles', 'iam:ListServerCertificates', 'iam:ListOpenIDConnectProviders', 'iam:ListSAMLProviders', 'iam:ListVirtualMFADevices']);

/** Condition keys that AWS lists and no request has here, and why. May only get fewer. */
const absentKeys: Readonly<Record<string, string>> = {
  'iam:FIDO-FIPS-140-2-certification': 'passkeys are enrolled in a browser only',
  'iam:FIDO-FIPS-140-3-certification': 'passkeys are enrolled in a browser only',
  'iam:FIDO-certification': 'passkeys are enrolled in a browser only',
  'iam:RegisterSecurityKey': 'passkeys are enrolled in a browser only',
  'iam:RoleTemplateARN': 'there are no role templates',
};

/** Operations of the API that AWS's listing of actions does not name. May only get fewer. */
const unlisted: ReadonlySet<string> = new Set(['iam:UpdateDelegationRequest']);

let gatehouse: TestGatehouse;
let values: SampleValues;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'listed actions' });
  const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
  values = await makeSampleAccount(gatehouse.iam(), gatehouse.account, sshKey, 'sample-alias');
});
after(() => gatehouse.stop());

/** What the operation asks for, without doing it. */
async function asksOf(operation: string): Promise<readonly Ask[]> {
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
    await send(gatehouse.iam(), operation, sampleInput(operation, values)).then(() => assert.fail(`${operation} was not asked about`), () => {});
    return asked;
  } finally {
    open.authorize = authorize;
  }
}

for (const operation of service.operations.keys()) {
  test(`${operation}: what it asks for is listed`, async () => {
    const asks = await asksOf(operation);
    assert.ok(asks.length > 0);
    for (const ask of asks) checkAgainstReference(ask, ask.action ?? `iam:${operation}`);
  });
}

/** The action, the kind of resource and each condition key must be ones that AWS lists. */
function checkAgainstReference({ resource, context = {} }: Ask, action: string): void {
  const iam = authorizationReference.find('iam')!;
  const listed = iam.actions.get(action.slice('iam:'.length).toLowerCase());
  assert.equal(unlisted.has(action), listed === undefined, `${action} is listed or not, against what stands here`);
  if (unlisted.has(action)) return;
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
  // Whether a key has a value depends on the request; that it is named at all tells that it is thought of.
  const named = new Set(Object.keys(context).map((key) => key.replace(/^(aws:(?:Request|Resource)Tag)\/.*/, '$1/${TagKey}')));
  for (const key of listed.conditionKeys) {
    if (absentKeys[key] === undefined) assert.ok(named.has(key), `${action} is asked without ${key}, which AWS lists for it`);
  }
}

/** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}`: any text for each variable. */
function isOfKind(resource: string, pattern: string): boolean {
  return new RegExp(`^${pattern.split(/\$\{\w+\}/).map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`).test(resource);
}
