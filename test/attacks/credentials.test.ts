/** Forged, stolen and stale credentials against a whole server: each request is refused with AWS's code, status and words, and changes nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, DeleteAccessKeyCommand, DeleteRoleCommand, DeleteUserCommand, PutUserPolicyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { SignedRequest } from '../../src/proof/signed-request.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { headerOf, signRequest, withHeader } from '../sign-request.ts';
import type { RequestToSign } from '../sign-request.ts';

const identity = 'Action=GetCallerIdentity&Version=2011-06-15';
const makeUser = 'Action=CreateUser&Version=2010-05-08&UserName=intruder';
const mismatch = 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalid = 'The security token included in the request is invalid.';

type Signing = Partial<RequestToSign> & { readonly key?: KeyPair };

async function world() {
  const gatehouse = await startGatehouse();
  const { admin, clock, send } = gatehouse;
  const sign = ({ key = admin, ...options }: Signing = {}): SignedRequest => {
    const { accessKeyId, secretAccessKey, sessionToken } = key;
    return signRequest({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }), at: clock.now, body: identity, ...options });
  };
  const presign = (options: Signing = {}): SignedRequest => sign({ isPresigned: true, method: 'GET', target: `/?${identity}`, body: '', ...options });
  const ask = async ({ method, target, rawHeaders, body }: SignedRequest) => {
    const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!] as const);
    const answer = await send({ method, target, headers, body });
    const text = String(answer.body);
    const element = (name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll('&apos;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    return { status: answer.status, code: element('Code'), message: element('Message'), arn: element('Arn'), text };
  };
  const accepted = async (request: SignedRequest): Promise<string | undefined> => {
    const { status, arn, text } = await ask(request);
    assert.equal(status, 200, text);
    return arn;
  };
  const refused = async (request: SignedRequest, status: number, code: string, message: string | RegExp): Promise<void> => {
    const revision = gatehouse.plane.store.loaded(gatehouse.account)!.revision;
    const answer = await ask(request);
    assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
    if (typeof message === 'string') assert.equal(answer.message, message);
    else assert.match(answer.message ?? '', message);
    assert.equal(gatehouse.plane.store.loaded(gatehouse.account)!.revision, revision, 'something was written');
  };
  return {
    ...gatehouse, sign, presign, ask, accepted, refused,
    mismatched: (request: SignedRequest) => refused(request, 403, 'SignatureDoesNotMatch', mismatch),
    invalid: (request: SignedRequest) => refused(request, 403, 'InvalidClientTokenId', invalid),
    [Symbol.asyncDispose]: () => gatehouse.stop(),
  };
}

const changed = (request: SignedRequest, part: Partial<SignedRequest>): SignedRequest => ({ ...request, ...part });
const added = (request: SignedRequest, name: string, value: string): SignedRequest => ({ ...request, rawHeaders: [...request.rawHeaders, name, value] });
const authorizationWith = (request: SignedRequest, from: string | RegExp, to: string): SignedRequest => {
  const authorization = headerOf(request, 'Authorization')!;
  const other = authorization.replace(from, to);
  assert.notEqual(other, authorization);
  return withHeader(request, 'Authorization', other);
};

async function makeKey({ iam }: TestGatehouse, UserName: string): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> {
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

test('without a signature, or with one of another kind, nothing is done', async () => {
  await using it = await world();
  const missing = 'Request is missing Authentication Token';
  const form = ['Host', 'gatehouse.example', 'Content-Type', 'application/x-www-form-urlencoded'];
  for (const body of [identity, makeUser]) await it.refused({ method: 'POST', target: '/', rawHeaders: form, body: Buffer.from(body) }, 403, 'MissingAuthenticationToken', missing);
  await it.refused({ method: 'GET', target: `/?${makeUser}`, rawHeaders: form, body: Buffer.alloc(0) }, 403, 'MissingAuthenticationToken', missing);
  for (const scheme of ['Basic YWRtaW46YWRtaW4=', 'Bearer token', 'AWS4-HMAC-SHA256', '', 'Negotiate']) {
    await it.refused({ method: 'POST', target: '/', rawHeaders: [...form, 'Authorization', scheme, 'X-Amz-Date', '20261123T100000Z'], body: Buffer.from(makeUser) }, 400, 'IncompleteSignature', /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. /);
  }
  await it.refused(authorizationWith(it.sign(), 'AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'), 400, 'IncompleteSignature', /^Unsupported AWS 'algorithm'/);
});

test('a wrong secret, an unknown key and another account\'s key prove nothing', async () => {
  await using it = await world();
  await it.mismatched(it.sign({ secretAccessKey: 'x'.repeat(40), body: makeUser, service: 'iam' }));
  for (const accessKeyId of ['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE', 'x', `${it.admin.accessKeyId}A`, it.admin.accessKeyId.toLowerCase()]) await it.invalid(it.sign({ accessKeyId }));
  const other = await it.newAccount('444455556666');
  assert.equal(await it.accepted(it.sign({ key: other })), 'arn:aws:iam::444455556666:user/admin');
  // Each key with the other's secret.
  await it.mismatched(it.sign({ accessKeyId: other.accessKeyId }));
  await it.mismatched(it.sign({ secretAccessKey: other.secretAccessKey }));
  // Administrator there, a stranger here.
  const body = 'Action=GetUser&Version=2010-05-08&UserName=admin';
  assert.match((await it.ask(it.sign({ key: other, service: 'iam', body }))).text, /<Arn>arn:aws:iam::444455556666:user\/admin</);
});

test('a captured request is worth nothing a quarter of an hour later, nor is one from the future', async () => {
  await using it = await world();
  const captured = it.sign();
  it.clock.advance(900_000);
  await it.accepted(captured);
  it.clock.advance(1_000);
  await it.refused(captured, 403, 'SignatureDoesNotMatch', 'Signature expired: 20261123T100000Z is now earlier than 20261123T100001Z (20261123T101501Z - 15 min.)');
  await it.accepted(it.sign({ at: it.clock.now + 900_000 }));
  await it.refused(it.sign({ at: it.clock.now + 901_000 }), 403, 'SignatureDoesNotMatch', 'Signature not yet current: 20261123T103002Z is still later than 20261123T103001Z (20261123T101501Z + 15 min.)');
});

test('nothing of a signed request can be exchanged: body, path, query, method, host, date', async () => {
  await using it = await world();
  const request = it.sign({ target: '/?Version=2011-06-15', body: 'Action=GetCallerIdentity' });
  await it.accepted(request);
  await it.mismatched(changed(request, { body: Buffer.from('Action=GetSessionToken') }));
  await it.mismatched(changed(request, { body: Buffer.from('Action=GetCallerIdentity&') }));
  await it.mismatched(changed(request, { body: Buffer.alloc(0), target: '/?Version=2011-06-15&Action=GetCallerIdentity' }));
  await it.mismatched(changed(request, { target: '/?Version=2011-06-15&Action=GetCallerIdentity' }));
  await it.mismatched(changed(request, { target: '/?Version=2011-06-15&X=1' }));
  const bare = it.sign({ target: `/?${identity}`, body: '', method: 'GET' });
  await it.mismatched(changed(bare, { method: 'POST' }));
  for (const target of [`//?${identity}`, `/.?${identity}`, `/%2F?${identity}`, `/x?${identity}`]) assert.deepEqual((await it.ask(changed(bare, { target }))).status, 404, target);
  await it.mismatched(withHeader(request, 'Host', 'other.example'));
  await it.mismatched(withHeader(request, 'X-Amz-Date', '20261123T100001Z'));
  await it.refused(withHeader(request, 'X-Amz-Date', '20261124T100000Z'), 403, 'SignatureDoesNotMatch', "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T100000Z'.");
});

test('a signature is good in its own scope only: service, date, terminator, and a region there could be', async () => {
  await using it = await world();
  const request = it.sign({ service: 'iam', body: makeUser });
  // The region and the date are part of the key.
  await it.mismatched(authorizationWith(request, 'eu-central-1', 'us-east-1'));
  await it.refused(authorizationWith(request, '20261123/', '20261122/'), 403, 'SignatureDoesNotMatch', /^Date in Credential scope does not match/);
  await it.refused(authorizationWith(request, 'eu-central-1', 'EU_1'), 403, 'SignatureDoesNotMatch', 'Credential should be scoped to a valid region. ');
  await it.refused(authorizationWith(request, 'aws4_request', 'aws5_request'), 403, 'SignatureDoesNotMatch', "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ");
  // Signed for STS, sent to IAM's host, and with both wrong.
  const misled = (options: Signing): SignedRequest => withHeader(it.sign({ service: 'sts', body: makeUser, ...options }), 'Host', 'iam.gatehouse.example');
  await it.refused(misled({}), 403, 'SignatureDoesNotMatch', "Credential should be scoped to correct service: 'iam'. ");
  await it.refused(misled({ region: 'A_B' }), 403, 'SignatureDoesNotMatch', "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'iam'. ");
  // A scope chooses its service: an action of another is none of its.
  await it.refused(it.sign({ service: 'sts', body: makeUser }), 400, 'InvalidAction', 'Could not find operation CreateUser for version 2010-05-08');
  await it.refused(it.sign({ service: 's3', body: makeUser }), 405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  await it.refused(it.sign({ service: 'sqs', body: makeUser }), 501, 'NotImplemented', 'The service that the request was signed for is not implemented: sqs.');
  await it.refused(authorizationWith(request, '/eu-central-1/', '/'), 400, 'IncompleteSignature', /^Credential must have exactly 5 slash-delimited elements/);
});

test('what is not signed and could mean something is refused', async () => {
  await using it = await world();
  const request = it.sign();
  for (const name of ['X-Amz-Target', 'x-amz-anything', 'X-AMZ-CONTENT-SHA256', 'X-Amz-User-Agent']) {
    await it.refused(added(request, name, 'x'), 403, 'SignatureDoesNotMatch', `'${name.toLowerCase()}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  await it.refused(authorizationWith(request, 'host;', ''), 403, 'SignatureDoesNotMatch', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  // A signed header that is not there.
  await it.mismatched(authorizationWith(request, 'SignedHeaders=', 'SignedHeaders=x-absent;'));
  await it.mismatched(withHeader(request, 'Content-Type', undefined));
  // Headers that would name another method or path elsewhere mean nothing here.
  let overridden = request;
  for (const [name, value] of [['X-HTTP-Method-Override', 'DELETE'], ['X-Original-URL', '/?Action=CreateUser'], ['X-Forwarded-Host', 'iam.example'], ['X-Forwarded-For', '10.0.0.1'], ['Forwarded', 'for=10.0.0.1']] as const) overridden = added(overridden, name, value);
  await it.accepted(overridden);
  assert.equal((it.auditRecords.at(-1) as { sourceIPAddress: string }).sourceIPAddress, '127.0.0.1');
});

test('credentials that are given twice are refused, however they agree', async () => {
  await using it = await world();
  const request = it.sign({ method: 'GET', target: `/?${identity}`, body: '' });
  const presigned = it.presign();
  const twice = "Credentials must be given once: in the 'Authorization' header or in the query string, not in both.";
  await it.refused(added(presigned, 'Authorization', headerOf(request, 'Authorization')!), 400, 'IncompleteSignature', twice);
  for (const parameter of ['X-Amz-Security-Token=x', 'X-Amz-Signature=x', 'x-amz-credential=x', 'X-Amz-Algorithm=AWS4-HMAC-SHA256']) await it.refused(changed(request, { target: `${request.target}&${parameter}` }), 400, 'IncompleteSignature', twice);
  const once = (name: string): string => `'${name}' must not be given more than once with different values.`;
  await it.refused(added(request, 'Authorization', `${headerOf(request, 'Authorization')!}0`), 400, 'IncompleteSignature', once('Authorization'));
  await it.refused(added(request, 'X-Amz-Date', '20261123T100001Z'), 400, 'IncompleteSignature', once('X-Amz-Date'));
  for (const [name, value] of [['X-Amz-Credential', 'x'], ['X-Amz-Date', '20261123T100001Z'], ['X-Amz-Expires', '1'], ['X-Amz-SignedHeaders', 'host;x'], ['X-Amz-Signature', 'x'], ['x-amz-algorithm', 'x']] as const) {
    await it.refused(changed(presigned, { target: `${presigned.target}&X-Amz-Expires=60&${name}=${value}` }), 400, 'IncompleteSignature', /^'X-Amz-[A-Za-z]+' must not be given more than once with different values\.$/);
  }
  // Also one that nothing here reads, also beside a signature in the header.
  for (const parameters of ['X-Amz-Anything=1&x-amz-anything=2', 'X-Amz-Date=1&X-Amz-Date=2']) {
    await it.refused(it.sign({ method: 'GET', target: `/?${identity}&${parameters}`, body: '' }), 400, 'IncompleteSignature', /^'X-Amz-Date'|'x-amz-anything' must not be given more than once/);
  }
  for (const value of ['gatehouse.example:4566', 'other.example']) await it.refused(added(request, 'Host', value), 400, 'IncompleteSignature', "'Host' must not be given more than once.");
});

test('a presigned request lasts as long as it says, within reason, and stays what it is', async () => {
  await using it = await world();
  const presigned = (expires: string): SignedRequest => it.presign({ target: `/?${identity}&X-Amz-Expires=${expires}` });
  await it.accepted(presigned('60'));
  const short = presigned('60');
  it.clock.advance(61_000);
  await it.refused(short, 403, 'SignatureDoesNotMatch', 'Signature expired: 20261123T100000Z is now earlier than 20261123T100001Z (20261123T100101Z - 1 min.)');
  await it.accepted(presigned('0'));
  const instant = presigned('0'), week = presigned('604800');
  it.clock.advance(1_000);
  await it.refused(instant, 403, 'SignatureDoesNotMatch', /^Signature expired: /);
  it.clock.advance(900_000);
  await it.refused(week, 403, 'SignatureDoesNotMatch', /- 15 min\.\)$/);
  await it.refused(presigned('-1'), 400, 'IncompleteSignature', 'X-Amz-Expires must be non-negative');
  await it.refused(presigned('604801'), 400, 'IncompleteSignature', 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds');
  for (const expires of ['1e3', '0x10', '60.5', '', '%2B60', '99999999999999999999']) await it.refused(presigned(expires), 400, 'IncompleteSignature', 'X-Amz-Expires should be a number');
  const good = presigned('60');
  await it.mismatched(changed(good, { target: good.target.replace('X-Amz-Expires=60', 'X-Amz-Expires=600') }));
  await it.mismatched(changed(good, { target: good.target.replace('GetCallerIdentity', 'GetSessionToken') }));
  await it.mismatched(changed(good, { target: `${good.target}&DurationSeconds=900` }));
  await it.mismatched(changed(good, { method: 'POST' }));
  await it.mismatched(changed(good, { method: 'POST', body: Buffer.from(makeUser) }));
  for (const name of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Signature']) {
    await it.refused(changed(good, { target: good.target.replace(new RegExp(`[?&]${name}=[^&]*`), (part) => (part[0] === '?' ? '?x=y' : '')) }), 400, 'IncompleteSignature', `AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`);
  }
});

test('where Action stands twice, what is authorized is what is done', async () => {
  await using it = await world();
  await it.iam().send(new CreateUserCommand({ UserName: 'lister' }));
  await it.iam().send(new PutUserPolicyCommand({ UserName: 'lister', PolicyName: 'list', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' } }) }));
  const key = await makeKey(it, 'lister');
  const list = 'Action=ListUsers&Version=2010-05-08';
  const iam = { key, service: 'iam' };
  // AWS: the first counts, and the query stands before the body.
  assert.match((await it.ask(it.sign({ ...iam, target: `/?${list}`, body: makeUser }))).text, /<ListUsersResult>/);
  assert.match((await it.ask(it.sign({ ...iam, body: `${list}&${makeUser}` }))).text, /<ListUsersResult>/);
  const denied = /^User: arn:aws:iam::111122223333:user\/lister is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user\/intruder because no identity-based policy allows the iam:CreateUser action$/;
  for (const request of [it.sign({ ...iam, target: `/?${makeUser}`, body: list }), it.sign({ ...iam, body: `${makeUser}&${list}` }), it.sign({ ...iam, target: `/?Action=CreateUser&UserName=intruder`, body: list })]) {
    await it.refused(request, 403, 'AccessDenied', denied);
    assert.equal((it.auditRecords.at(-1) as { eventName: string }).eventName, 'CreateUser');
  }
  // Action in the query of a POST is as signed as the body.
  assert.match((await it.ask(it.sign({ ...iam, target: '/?Action=ListUsers', body: 'Version=2010-05-08' }))).text, /<ListUsersResult>/);
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
    const request = it.sign({ ...iam, target: `/?${list}`, body: makeUser, headers: { 'Content-Type': type } });
    assert.match((await it.ask(request)).text, /<ListUsersResult>/, type);
  }
  await it.refused(it.sign({ ...iam, body: makeUser, headers: { 'Content-Type': 'application/json' } }), 400, 'InvalidAction', 'Could not find operation NO_OPERATION_NAME for version NO_VERSION_SPECIFIED');
});

test('a key that is inactive or deleted ends at once, and a name that returns inherits nothing', async () => {
  await using it = await world();
  const { iam } = it;
  const user = { UserName: 'alice' };
  await iam().send(new CreateUserCommand(user));
  await iam().send(new AttachUserPolicyCommand({ ...user, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  const key = await makeKey(it, 'alice'), second = await makeKey(it, 'alice');
  const { Credentials } = await it.sts(second).send(new GetSessionTokenCommand({}));
  const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  const arn = 'arn:aws:iam::111122223333:user/alice';
  for (const each of [key, second, session]) assert.equal(await it.accepted(it.sign({ key: each })), arn);
  const captured = it.sign({ key });
  await iam().send(new UpdateAccessKeyCommand({ ...user, AccessKeyId: key.accessKeyId, Status: 'Inactive' }));
  await it.invalid(captured);
  await it.invalid(it.sign({ key }));
  await iam().send(new UpdateAccessKeyCommand({ ...user, AccessKeyId: key.accessKeyId, Status: 'Active' }));
  assert.equal(await it.accepted(it.sign({ key })), arn);
  await iam().send(new DeleteAccessKeyCommand({ ...user, AccessKeyId: key.accessKeyId }));
  await it.invalid(captured);
  await iam().send(new DeleteAccessKeyCommand({ ...user, AccessKeyId: second.accessKeyId }));
  assert.equal(await it.accepted(it.sign({ key: session })), arn);
  await it.ask(it.sign({ service: 'iam', body: `Action=DetachUserPolicy&Version=2010-05-08&UserName=alice&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess` }));
  await iam().send(new DeleteUserCommand(user));
  await it.invalid(it.sign({ key: session }));
  await iam().send(new CreateUserCommand(user));
  for (const each of [key, second, session]) await it.invalid(it.sign({ key: each }));
});

test('a session token is good for its own key, whole, unaltered, in its time, while its role is there', async () => {
  await using it = await world();
  const { iam, account } = it;
  await iam().send(new CreateUserCommand({ UserName: 'bob' }));
  const bob = await makeKey(it, 'bob');
  const role = { RoleName: 'auditor', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:user/bob` }, Action: 'sts:AssumeRole' } }) };
  await iam().send(new CreateRoleCommand(role));
  const assume = async (): Promise<Required<KeyPair>> => {
    const { Credentials } = await it.sts(bob).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'it' }));
    return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  };
  const session = await assume(), other = await assume();
  assert.equal(await it.accepted(it.sign({ key: session })), `arn:aws:sts::${account}:assumed-role/auditor/it`);
  assert.equal(await it.accepted(it.presign({ key: session })), `arn:aws:sts::${account}:assumed-role/auditor/it`);
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const withToken = (token: string): SignedRequest => it.sign({ key: { accessKeyId, secretAccessKey, sessionToken: token } });
  // Absent, another's, cut at either end, doubled, and with any one character changed.
  await it.invalid(it.sign({ key: { accessKeyId, secretAccessKey } }));
  await it.invalid(withHeader(it.sign({ key: session }), 'X-Amz-Security-Token', ''));
  for (const token of [other.sessionToken!, sessionToken!.slice(1), sessionToken!.slice(0, -1), sessionToken!.repeat(2), 'x', 'null', sessionToken!.toLowerCase()]) await it.invalid(withToken(token));
  for (let i = 0; i < sessionToken!.length; i += 7) await it.invalid(withToken(`${sessionToken!.slice(0, i)}${sessionToken![i] === 'A' ? 'B' : 'A'}${sessionToken!.slice(i + 1)}`));
  await it.mismatched(it.sign({ key: { ...session, secretAccessKey: other.secretAccessKey } }));
  // A long-term key does not borrow it, nor does it lend itself to one.
  await it.invalid(it.sign({ key: { ...it.admin, sessionToken: sessionToken! } }));
  // Exchanged on the way, or put where it is not signed.
  await it.invalid(withHeader(it.sign({ key: session }), 'X-Amz-Security-Token', other.sessionToken!));
  await it.refused(added(it.sign({ key: { accessKeyId, secretAccessKey } }), 'X-Amz-Security-Token', sessionToken!), 403, 'SignatureDoesNotMatch', "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.");
  const presigned = it.presign({ key: { accessKeyId, secretAccessKey } });
  await it.mismatched(changed(presigned, { target: `${presigned.target}&X-Amz-Security-Token=${encodeURIComponent(sessionToken!)}` }));
  // The role goes and comes back under its name.
  await iam().send(new DeleteRoleCommand({ RoleName: 'auditor' }));
  await it.invalid(it.sign({ key: session }));
  await iam().send(new CreateRoleCommand(role));
  await it.invalid(it.sign({ key: session }));
  const late = await assume();
  it.clock.advance(3_600_000);
  await it.refused(it.sign({ key: late }), 403, 'ExpiredToken', 'The security token included in the request is expired');
});
