/** A machine enrols with a code that is good once, and has its one role for as long as it is registered: whoever guesses, repeats, or comes late has none. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { makeCertificateRequest } from '../../src/credentials/authority/certificate-request.ts';
import { toPem } from '../../src/credentials/authority/issue.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { callRest, permittedUser } from '../rest-call.ts';
import { trusting } from '../rolesanywhere/anywhere.ts';
import { signedSession } from '../rolesanywhere/signed-session.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { forgeDer, named } from '../x509/forge.ts';

interface Told { readonly status: number; readonly code: string | undefined; readonly text: string }
const element = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll('&#xA;', '\n').replaceAll('&#10;', '\n') ?? '';

describe('enrolment', () => {
  let gatehouse: TestGatehouse;
  let anchor: string;
  let role: string;
  let other: string;
  let profile: string;
  let machines = 0;

  const own = async (Action: string, parameters: Readonly<Record<string, string>> = {}, key?: KeyPair): Promise<Told> => {
    const answer = await callQuery(gatehouse, 'gatehouse', { Action, ...parameters }, key);
    const text = textOf(answer);
    return { status: answer.status, code: element(text, 'Code') || undefined, text };
  };
  /** What nobody signs. */
  const enroll = async (code: string, request: string, remoteAddress = '127.0.0.1'): Promise<Told> => {
    const body = new URLSearchParams({ Action: 'EnrollMachine', Version: '2026-11-24', Code: code, CertificateRequest: request }).toString();
    const answer = await gatehouse.send({ headers: [['Content-Type', 'application/x-www-form-urlencoded'], ['Host', 'gatehouse.test']], body, remoteAddress });
    const text = textOf(answer);
    return { status: answer.status, code: element(text, 'Code') || undefined, text };
  };
  const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const requestOf = (key: KeyObject): string => toPem('CERTIFICATE REQUEST', makeCertificateRequest([{ type: 'CN', value: 'whatever it says' }], key));
  const invite = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { status, text } = await own('CreateEnrollmentCode', { MachineName: `m${++machines}`, ProfileArn: profile, RoleArn: role, ...more });
    assert.equal(status, 200, text);
    return element(text, 'Code');
  };
  /** From another address each time, but where a test says otherwise. */
  let address = 1;
  const elsewhere = (): string => `10.0.0.${++address}`;
  const session = async (key: KeyObject, pem: string, query: { readonly roleArn?: string; readonly profileArn?: string; readonly trustAnchorArn?: string } = {}): Promise<readonly [number, string]> => {
    gatehouse.clock.advance(1_000);
    const answer = await gatehouse.send(signedSession({ key, certificate: new X509Certificate(pem).raw, at: gatehouse.clock.now, query: { roleArn: role, profileArn: profile, trustAnchorArn: anchor, ...query } }));
    return [answer.status, textOf(answer)];
  };
  const enrolled = async (more: Readonly<Record<string, string>> = {}): Promise<{ readonly key: KeyObject; readonly pem: string }> => {
    const key = newKey();
    const { status, text } = await enroll(await invite(more), requestOf(key), elsewhere());
    assert.equal(status, 200, text);
    return { key, pem: element(text, 'Certificate') };
  };

  before(async () => {
    gatehouse = await startGatehouse({ seed: 'enrolment' });
    const made = async (RoleName: string): Promise<string> => (await gatehouse.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting() }))).Role!.Arn!;
    [role, other] = [await made('machine'), await made('other')];
    profile = (await callRest(gatehouse, { service: 'rolesanywhere', method: 'POST', target: '/profiles', body: { name: 'machines', enabled: true, roleArns: [role, other] } })).json.profile.profileArn;
  });

  test('without an authority there are no codes; it is made once, and is a trust anchor', async () => {
    assert.equal((await own('CreateEnrollmentCode', { MachineName: 'early', ProfileArn: profile, RoleArn: role })).code, 'NoMachineAuthority');
    const [first, second] = [await own('CreateMachineAuthority'), await own('CreateMachineAuthority')];
    anchor = element(first.text, 'TrustAnchorArn');
    assert.equal(element(second.text, 'TrustAnchorArn'), anchor);
    const { json: { trustAnchors } } = await callRest(gatehouse, { service: 'rolesanywhere', method: 'GET', target: '/trustanchors' });
    assert.deepEqual(trustAnchors.map((one: { trustAnchorArn: string; enabled: boolean }) => [one.trustAnchorArn, one.enabled]), [[anchor, true]]);
  });

  test('a code is answered by a certificate under the machine\'s name, which opens sessions of its role', async () => {
    const key = newKey();
    const code = await invite({ MachineName: 'web-1' });
    assert.match(code, new RegExp(`^${gatehouse.account}-[A-Z2-7]{12}-[A-Z2-7]{26}$`));
    assert.match((await own('ListMachines')).text, /<MachineName>web-1<\/MachineName>.*<State>invited<\/State>/s);
    const { status, text } = await enroll(code, requestOf(key));
    assert.equal(status, 200, text);
    assert.deepEqual([element(text, 'MachineName'), element(text, 'TrustAnchorArn'), element(text, 'ProfileArn'), element(text, 'RoleArn')], ['web-1', anchor, profile, role]);
    const pem = element(text, 'Certificate');
    assert.match(new X509Certificate(pem).subject, /CN=web-1/);
    assert.ok(new X509Certificate(pem).checkPrivateKey(key));
    assert.match((await own('ListMachines')).text, /<MachineName>web-1<\/MachineName>.*<State>enrolled<\/State>/s);
    const [sessionStatus, answered] = await session(key, pem);
    assert.equal(sessionStatus, 201, answered);
    assert.match(answered, /"sourceIdentity":"web-1"/);
  });

  test('a code is good once, also where many come at once', async () => {
    const code = await invite();
    const answers = await Promise.all(Array.from({ length: 4 }, () => enroll(code, requestOf(newKey()), elsewhere())));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403, 403, 403]);
    assert.deepEqual([...new Set(answers.flatMap(({ code: refusal }) => refusal ?? []))], ['EnrollmentCodeUsed']);
    assert.equal((await enroll(code, requestOf(newKey()), elsewhere())).code, 'EnrollmentCodeUsed');
  });

  test('a code that is over, was withdrawn, or never was is refused; so is one that is nearly right, and what is no request', async () => {
    const request = requestOf(newKey());
    const expired = await invite({ ValidSeconds: '60' });
    gatehouse.clock.advance(60_000);
    assert.equal((await enroll(expired, request, elsewhere())).code, 'EnrollmentCodeExpired');
    const replaced = await invite({ MachineName: 'again' });
    const newer = await invite({ MachineName: 'again' });
    const removed = await invite({ MachineName: 'gone' });
    await own('RemoveMachine', { MachineName: 'gone' });
    const [account, id, secret] = newer.split('-') as [string, string, string];
    const flipped = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [replaced, removed, `${account}-${id}-${flipped}`, `${account}-${'A'.repeat(12)}-${secret}`, `999999999999-${id}-${secret}`, `${newer} `, newer.toLowerCase(), 'nothing-at-all']) {
      const { status, code } = await enroll(wrong, request, elsewhere());
      assert.deepEqual([status, code], [403, 'InvalidEnrollmentCode'], wrong);
    }
    const another = requestOf(newKey());
    // The one's signature under the other's key.
    const forged = [...request.split('\n').slice(0, 3), ...another.split('\n').slice(3)].join('\n');
    const weak = requestOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
    for (const bad of ['x'.repeat(64), forged, weak, requestOf(generateKeyPairSync('ed25519').privateKey)]) assert.equal((await enroll(newer, bad, elsewhere())).code, 'InvalidCertificateRequest');
    // Neither of them has spent it, but it has been tried as often as a code may be.
    assert.equal((await enroll(newer, request, elsewhere())).code, 'InvalidEnrollmentCode');
  });

  test('who guesses is slowed down by where he comes from', async () => {
    const request = requestOf(newKey());
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 21; i++) codes.push((await enroll(`${gatehouse.account}-${'B'.repeat(12)}-${'C'.repeat(26)}`, request, '10.9.9.9')).code);
    assert.deepEqual([codes.slice(0, 20).every((code) => code === 'InvalidEnrollmentCode'), codes[20]], [true, 'Throttling']);
    assert.equal((await enroll(await invite(), request, elsewhere())).status, 200);
    gatehouse.clock.advance(61_000);
    assert.equal((await enroll(await invite(), request, '10.9.9.9')).status, 200);
  });

  test('a machine has the role that it was enrolled for and no other, and none of a certificate that it did not enrol with', async () => {
    const { key, pem } = await enrolled();
    assert.match((await session(key, pem, { roleArn: other }))[1], /enrolled for another role/);
    const second = (await callRest(gatehouse, { service: 'rolesanywhere', method: 'POST', target: '/profiles', body: { name: 'second', enabled: true, roleArns: [role] } })).json.profile.profileArn;
    assert.match((await session(key, pem, { profileArn: second }))[1], /enrolled for another role/);
    const { json: { trustAnchor: { source: { sourceData } } } } = await callRest(gatehouse, { service: 'rolesanywhere', method: 'GET', target: `/trustanchor/${anchor.split('/')[1]}` });
    // Another anchor of the same authority is no way around.
    const twin = (await callRest(gatehouse, { service: 'rolesanywhere', method: 'POST', target: '/trustanchors', body: { name: 'twin', enabled: true, source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: `\n${sourceData.x509CertificateData}\n` } } } })).json.trustAnchor.trustAnchorArn;
    assert.match((await session(key, pem, { roleArn: other, trustAnchorArn: twin }))[1], /enrolled for another role/);
    const outsider = named('m1');
    assert.equal((await session(outsider.key, toPem('CERTIFICATE', forgeDer(outsider, { issuer: named('Machines') }))))[0], 403);
    assert.equal((await session(newKey(), pem))[0], 403);
    assert.equal((await session(key, pem))[0], 201);
  });

  test('a machine that is removed is given nothing from the next request on; so are all where their anchor is disabled', async () => {
    const { key, pem } = await enrolled({ MachineName: 'leaver' });
    assert.equal((await own('CreateEnrollmentCode', { MachineName: 'leaver', ProfileArn: profile, RoleArn: role })).code, 'MachineAlreadyEnrolled');
    assert.equal((await own('RemoveMachine', { MachineName: 'leaver' })).status, 200);
    const [status, text] = await session(key, pem);
    assert.deepEqual([status, /of no machine that is enrolled/.test(text)], [403, true], text);
    assert.equal((await own('RemoveMachine', { MachineName: 'leaver' })).code, 'NoSuchMachine');
    const stayer = await enrolled();
    await callRest(gatehouse, { service: 'rolesanywhere', method: 'POST', target: `/trustanchor/${anchor.split('/')[1]}/disable` });
    assert.equal((await session(stayer.key, stayer.pem))[0], 403);
    await callRest(gatehouse, { service: 'rolesanywhere', method: 'POST', target: `/trustanchor/${anchor.split('/')[1]}/enable` });
    assert.equal((await session(stayer.key, stayer.pem))[0], 201);
  });

  test('each operation asks for its own permission, and for those of what it makes or hands on', async () => {
    const user = await permittedUser(gatehouse, 'operator');
    const place = `arn:aws:gatehouse:us-east-1:${gatehouse.account}`;
    const asked: readonly (readonly [Action: string, parameters: Readonly<Record<string, string>>, asks: Readonly<Record<string, string>>])[] = [
      ['CreateMachineAuthority', {}, { 'gatehouse:CreateMachineAuthority': `${place}:machine-authority`, 'rolesanywhere:CreateTrustAnchor': '*' }],
      ['CreateEnrollmentCode', { MachineName: 'asked', ProfileArn: profile, RoleArn: role }, { 'gatehouse:CreateEnrollmentCode': `${place}:machine/asked`, 'iam:PassRole': role }],
      ['ListMachines', {}, { 'gatehouse:ListMachines': `${place}:machine/*` }],
      ['RemoveMachine', { MachineName: 'asked' }, { 'gatehouse:RemoveMachine': `${place}:machine/asked` }],
    ];
    for (const [Action, parameters, asks] of asked) {
      const statements = Object.entries(asks).map(([action, resource]) => ({ Effect: 'Allow', Action: action, Resource: resource }));
      for (const left of statements) {
        await user.permit(...statements.filter((one) => one !== left), { Effect: 'Allow', NotAction: left.Action, Resource: '*' });
        const { status, text } = await own(Action, parameters, user.key);
        assert.deepEqual([status, text.includes(`perform: ${left.Action} on resource: ${left.Resource} `)], [403, true], text);
      }
      await user.permit(...statements);
      assert.equal((await own(Action, parameters, user.key)).status, 200, Action);
    }
  });

  test('no code stands in the journal, the audit log or the request log', async () => {
    const code = await invite({ MachineName: 'secret' });
    await enroll(code, requestOf(newKey()), elsewhere());
    const secret = code.split('-')[2]!;
    assert.ok(!JSON.stringify([gatehouse.auditRecords, gatehouse.logLines]).includes(secret));
    assert.ok(JSON.stringify(gatehouse.auditRecords).includes('"eventName":"EnrollMachine"'));
    const entries = await gatehouse.plane.store.account(gatehouse.account);
    assert.ok(!JSON.stringify(entries!.enrolledMachines.listBy('region', 'us-east-1')).includes(secret));
  });
});
