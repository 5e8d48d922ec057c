/** Any operation of a restJson service, asked of a Gatehouse in memory, and what it asks of policies: with these permissions it is let through, and without any one of them it is not. */
import assert from 'node:assert/strict';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { authorizationReference } from '../src/server/read-model.ts';
import type { KeyPair, TestGatehouse } from './gatehouse.ts';
import { sendSigned, textOf } from './signed-call.ts';

export interface RestAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string;
  /** What the answer holds. */
  // oxlint-disable-next-line typescript/no-explicit-any -- an edge: whatever a test expects there
  readonly json: any;
}

export interface RestCall { readonly service: string; readonly method: string; readonly target: string; readonly body?: object | undefined; readonly region?: string; readonly headers?: Readonly<Record<string, string>> }

export async function callRest(gatehouse: TestGatehouse, { service, method, target, body, region = 'us-east-1', headers = {} }: RestCall, key?: KeyPair): Promise<RestAnswer> {
  const answer = await sendSigned(gatehouse, { service, region, method, target, headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers }, body: body ? JSON.stringify(body) : '' }, key);
  const text = textOf(answer);
  const json = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, code: answer.headers['x-amzn-ErrorType'], message: json.message ?? '', json };
}

/** A user whose permissions are what a test says. */
export async function permittedUser(gatehouse: TestGatehouse, UserName: string): Promise<{ readonly key: KeyPair; permit(...statements: readonly object[]): Promise<void> }> {
  const iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return {
    key: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! },
    async permit(...Statement) {
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    },
  };
}

/** Asserts that the call needs each of these permissions, action → resource, and no other; and that the authorization reference knows each of the service's own for such a resource. */
export async function assertAsks(gatehouse: TestGatehouse, user: Awaited<ReturnType<typeof permittedUser>>, call: RestCall, asked: Readonly<Record<string, string>>): Promise<void> {
  const allow = (actions: readonly string[]): object[] => actions.map((action) => ({ Effect: 'Allow', Action: action, Resource: asked[action] }));
  const actions = Object.keys(asked);
  for (const left of actions) {
    await user.permit(...allow(actions.filter((action) => action !== left)), { Effect: 'Allow', NotAction: left, Resource: '*' });
    const { status, code, message } = await callRest(gatehouse, call, user.key);
    assert.deepEqual([status, code], [403, 'AccessDeniedException'], `${call.method} ${call.target}: ${message}`);
    assert.ok(message.includes(`perform: ${left} on resource: ${asked[left]} `), message);
    assertListed(left, asked[left]!);
  }
  await user.permit(...allow(actions));
  const { status, message } = await callRest(gatehouse, call, user.key);
  assert.ok(status < 300, `${call.method} ${call.target}: ${status} ${message}`);
}

/** The action is listed, and for a resource of that form where it has any. */
export function assertListed(action: string, resource: string): void {
  const [prefix = '', name = ''] = action.split(':');
  const service = authorizationReference.find(prefix);
  const listed = service?.actions.get(name.toLowerCase());
  assert.ok(service && listed, `${action} is not listed`);
  const forms = listed.resourceTypes.flatMap((type) => service.resourceTypes.get(type.name)?.arn ?? []);
  if (resource === '*') return assert.ok(listed.resourceTypes.every(({ isRequired }) => !isRequired), `${action} is asked for a resource`);
  const isForm = (form: string): boolean => new RegExp(`^${form.replaceAll(/[.*+?^()|[\]\\]/g, String.raw`\$&`).replaceAll(/\$\{\w+\}/g, '.+')}$`).test(resource);
  assert.ok(forms.some(isForm), `${action} has no resource like ${resource}: ${forms.join(', ')}`);
}
