/** A Gatehouse with an authority, a trust anchor, a profile and a role that trusts Roles Anywhere. */
import assert from 'node:assert/strict';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { toPem } from '../../src/credentials/authority/issue.ts';
import { callRest } from '../rest-call.ts';
import type { RestAnswer } from '../rest-call.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { textOf } from '../signed-call.ts';
import { forgeDer, named } from '../x509/forge.ts';
import type { Holder } from '../x509/forge.ts';
import { signedSession } from './signed-session.ts';
import type { SessionRequest, SignedSession } from './signed-session.ts';

export const trusting = (condition?: object, actions: readonly string[] = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: actions, ...(condition && { Condition: condition }) }] });

export interface Anywhere {
  readonly gatehouse: TestGatehouse;
  readonly authority: Holder;
  readonly device: Holder;
  /** The device's certificate, in DER. */
  readonly certificate: Uint8Array;
  readonly roleArn: string;
  readonly anchorArn: string;
  readonly profileArn: string;
  /** An operation of the control API, by the administrator. */
  call(method: string, target: string, body?: object, key?: KeyPair): Promise<RestAnswer>;
  /** CreateSession for the device, unless something else is said. */
  request(options?: Partial<SessionRequest>): SignedSession;
  session(options?: Partial<SessionRequest>): Promise<RestAnswer>;
  send(request: SignedSession): Promise<RestAnswer>;
  newAnchor(authority: Holder, enabled?: boolean): Promise<string>;
  newProfile(options: object): Promise<string>;
  newRole(name: string, trust: string, extra?: object): Promise<string>;
}

export const idOf = (arn: string): string => arn.slice(arn.indexOf('/') + 1);

export async function startAnywhere(device: Holder = { ...named('device-1') }): Promise<Anywhere> {
  const gatehouse = await startGatehouse();
  const authority = named('Authority');
  const certificate = forgeDer(device, { issuer: authority });
  const call: Anywhere['call'] = (method, target, body, key) => callRest(gatehouse, { service: 'rolesanywhere', method, target, body }, key);
  const made = async (answer: Promise<RestAnswer>): Promise<RestAnswer['json']> => {
    const { status, json, message } = await answer;
    assert.equal(status, 201, message);
    return json;
  };
  const newAnchor: Anywhere['newAnchor'] = async (holder, enabled = true) => (await made(call('POST', '/trustanchors', {
    name: 'anchor', enabled, source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: toPem('CERTIFICATE', forgeDer(holder, { issuer: holder, isAuthority: true })) } },
  }))).trustAnchor.trustAnchorArn;
  const newProfile: Anywhere['newProfile'] = async (options) => (await made(call('POST', '/profiles', { name: 'profile', enabled: true, ...options }))).profile.profileArn;
  const newRole: Anywhere['newRole'] = async (RoleName, AssumeRolePolicyDocument, extra = {}) => {
    const { Role } = await gatehouse.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...extra }));
    return Role!.Arn!;
  };
  const roleArn = await newRole('device', trusting());
  await gatehouse.iam().send(new PutRolePolicyCommand({ RoleName: 'device', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'device-1' } } }] }) }));
  const anchorArn = await newAnchor(authority);
  const profileArn = await newProfile({ roleArns: [roleArn] });
  const request: Anywhere['request'] = (options = {}) => signedSession({ key: device.key, certificate, at: gatehouse.clock.now, query: { roleArn, profileArn, trustAnchorArn: anchorArn }, ...options });
  const send: Anywhere['send'] = async (signed) => {
    const answer = await gatehouse.send(signed);
    const json = JSON.parse(textOf(answer));
    return { status: answer.status, code: answer.headers['x-amzn-ErrorType'], message: json.message ?? '', json };
  };
  return {
    gatehouse, authority, device, certificate, roleArn, anchorArn, profileArn, call, request, send, newAnchor, newProfile, newRole,
    async session(options) {
      // Each request is a second later: two of one second are one to whoever counts what was used.
      gatehouse.clock.advance(1_000);
      return send(request(options));
    },
  };
}

/** The credentials of an answer. */
export function credentialsOf({ status, json, message }: RestAnswer): KeyPair {
  assert.equal(status, 201, message);
  return json.credentialSet[0].credentials;
}

export function assertDenied({ status, code, message }: RestAnswer, expected: RegExp): void {
  assert.deepEqual([status, code], [403, 'AccessDeniedException'], message);
  assert.match(message, expected);
}
