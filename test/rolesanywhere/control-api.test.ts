/** The control API of Roles Anywhere: what it keeps, what it refuses, and what each operation asks of policies. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { issueRevocationList, toPem } from '../../src/credentials/authority/issue.ts';
import { rolesanywhere } from '../../src/services/rolesanywhere/index.ts';
import { assertAsks, callRest, permittedUser } from '../rest-call.ts';
import { forgeDer, named, rsaKey } from '../x509/forge.ts';
import { credentialsOf, idOf, startAnywhere } from './anywhere.ts';
import type { Anywhere } from './anywhere.ts';

describe('Roles Anywhere', () => {
  let anywhere: Anywhere;
  let crlData: string;
  before(async () => {
    anywhere = await startAnywhere();
    const { clock } = anywhere.gatehouse;
    crlData = Buffer.from(toPem('X509 CRL', issueRevocationList({ number: 1, thisUpdate: clock.now, nextUpdate: clock.now + 86_400_000, revoked: [] }, anywhere.authority))).toString('base64');
  });
  after(() => anywhere.gatehouse.stop());

  const bundle = (...pems: readonly string[]) => ({ sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pems.join('') } });
  const authorityPem = (holder = named('Another'), options = {}) => toPem('CERTIFICATE', forgeDer(holder, { issuer: holder, isAuthority: true, ...options }));
  const refused = async (answer: ReturnType<Anywhere['call']>, expected: RegExp): Promise<void> => {
    const { status, code, message } = await answer;
    assert.deepEqual([status, code], [400, 'ValidationException'], message);
    assert.match(message, expected);
  };

  test('a trust anchor is kept as it was given, listed in pages, renamed, and tells when it ends', async () => {
    const { call, gatehouse } = anywhere;
    const pem = authorityPem();
    const { json: { trustAnchor: made } } = await call('POST', '/trustanchors', { name: 'Main CA', source: bundle(pem), tags: [{ key: 'team', value: 'blue' }], notificationSettings: [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: true, threshold: 10 }] });
    assert.match(made.trustAnchorArn, new RegExp(`^arn:aws:rolesanywhere:us-east-1:${gatehouse.account}:trust-anchor/[0-9a-f-]{36}$`));
    assert.deepEqual([made.enabled, made.source.sourceData.x509CertificateData, made.notificationSettings], [false, pem, [
      { event: 'CA_CERTIFICATE_EXPIRY', enabled: true, threshold: 10, channel: 'ALL', configuredBy: gatehouse.account }, { event: 'END_ENTITY_CERTIFICATE_EXPIRY', enabled: true, threshold: 45, channel: 'ALL', configuredBy: 'rolesanywhere.amazonaws.com' },
    ]]);
    const at = `/trustanchor/${made.trustAnchorId}`;
    assert.deepEqual((await call('GET', at)).json.trustAnchor, made);
    const { json: first } = await call('GET', '/trustanchors?pageSize=1');
    const { json: second } = await call('GET', `/trustanchors?pageSize=1&nextToken=${encodeURIComponent(first.nextToken)}`);
    assert.deepEqual([first.trustAnchors.length, second.trustAnchors.length, second.nextToken], [1, 1, undefined]);
    await refused(call('GET', '/trustanchors?pageSize=0'), /pageSize/);
    await refused(call('GET', '/trustanchors?nextToken=nothing'), /Invalid Marker/);
    assert.equal((await call('PATCH', at, { name: 'Old CA' })).json.trustAnchor.name, 'Old CA');
    const { json: reset } = await call('PATCH', '/reset-notifications-settings', { trustAnchorId: made.trustAnchorId, notificationSettingKeys: [{ event: 'CA_CERTIFICATE_EXPIRY' }] });
    assert.equal(reset.trustAnchor.notificationSettings[0].threshold, 45);
    assert.deepEqual((await call('GET', `/ListTagsForResource?resourceArn=${encodeURIComponent(made.trustAnchorArn)}`)).json.tags, [{ key: 'team', value: 'blue' }]);
    assert.equal((await call('DELETE', at)).status, 200);
    assert.deepEqual(await call('GET', at).then(({ status, code }) => [status, code]), [404, 'ResourceNotFoundException']);
    assert.equal((await callRest(gatehouse, { service: 'rolesanywhere', method: 'GET', target: '/trustanchors', region: 'eu-west-1' })).json.trustAnchors.length, 0);
  });

  test('only authorities are trusted: no leaf, no weak key or hash, no list of three, nothing of AWS Private CA', async () => {
    const { call, authority, device } = anywhere;
    const create = (source: object) => call('POST', '/trustanchors', { name: 'x', source });
    await refused(create(bundle(toPem('CERTIFICATE', forgeDer(device, { issuer: authority })))), /Incorrect basic constraints for CA certificate/);
    await refused(create(bundle(authorityPem(named('x'), { keyUsage: 0x80 }))), /may not be used for this/);
    await refused(create(bundle(authorityPem(named('x', rsaKey(1024))))), /too short/);
    await refused(create(bundle(authorityPem(named('x'), { weak: { hash: 'sha1', id: '1.2.840.10045.4.1' } }))), /too weak/);
    await refused(create(bundle(authorityPem(named('x'), { to: anywhere.gatehouse.clock.now - 1_000 }))), /expired/);
    await refused(create(bundle(authorityPem(), authorityPem(), authorityPem())), /at most 2/);
    await refused(create(bundle('no certificate')), /no certificates in PEM/);
    await refused(create(bundle(`${authorityPem()}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`)), /no certificates in PEM/);
    await refused(create({ sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/x' } }), /no AWS Private CA here/);
    await refused(create({ sourceType: 'SELF_SIGNED_REPOSITORY' }), /must be CERTIFICATE_BUNDLE/);
    await refused(call('POST', '/trustanchors', { source: bundle(authorityPem()) }), /name/);
    await refused(call('POST', '/trustanchors', { name: 'a/b', source: bundle(authorityPem()) }), /name/);
  });

  test('a profile is what it was made as; a policy that is none, a role of another account and a mapping of nothing are refused', async () => {
    const { call, roleArn, gatehouse } = anywhere;
    const sessionPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    const { json: { profile: made } } = await call('POST', '/profiles', { name: 'p', roleArns: [roleArn], sessionPolicy, managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], durationSeconds: 900, requireInstanceProperties: true, acceptRoleSessionName: true });
    assert.deepEqual([made.enabled, made.createdBy, made.sessionPolicy, made.durationSeconds, made.requireInstanceProperties, made.acceptRoleSessionName], [false, gatehouse.account, sessionPolicy, 900, true, true]);
    assert.deepEqual(made.attributeMappings.map(({ certificateField, mappingRules }: { certificateField: string; mappingRules: { specifier: string }[] }) => [certificateField, ...mappingRules.map(({ specifier }) => specifier)]), [['x509Subject', '*'], ['x509Issuer', '*'], ['x509SAN', 'DNS', 'URI', 'Name/*']]);
    assert.equal((await call('POST', '/profiles', { name: 'p', roleArns: [roleArn] })).json.profile.durationSeconds, 3_600);
    await refused(call('POST', '/profiles', { name: 'p', roleArns: [roleArn], sessionPolicy: '{}' }), /session policy is not valid/);
    await refused(call('POST', '/profiles', { name: 'p', roleArns: ['arn:aws:iam::444455556666:role/x'] }), /no role of this account/);
    await refused(call('POST', '/profiles', { name: 'p', roleArns: [roleArn], durationSeconds: 43_201 }), /durationSeconds/);
    const mappings = `/profiles/${made.profileId}/mappings`;
    await refused(call('PUT', mappings, { certificateField: 'x509SAN', mappingRules: [{ specifier: 'CN' }] }), /specifies nothing/);
    await refused(call('PUT', mappings, { certificateField: 'x509Subject', mappingRules: [{ specifier: 'Nothing' }] }), /specifies nothing/);
    await refused(call('PUT', mappings, { certificateField: 'x509Subject', mappingRules: [] }), /At least one/);
    const { json } = await call('PUT', mappings, { certificateField: 'x509SAN', mappingRules: [{ specifier: 'Name/' }, { specifier: 'DNS' }, { specifier: 'DNS' }] });
    assert.deepEqual(json.profile.attributeMappings.at(-1), { certificateField: 'x509SAN', mappingRules: [{ specifier: 'Name/*' }, { specifier: 'DNS' }] });
    const { json: less } = await call('DELETE', `${mappings}?certificateField=x509SAN&specifiers=DNS`);
    assert.deepEqual(less.profile.attributeMappings.at(-1), { certificateField: 'x509SAN', mappingRules: [{ specifier: 'Name/*' }] });
  });

  test('a list that its authority did not sign is not taken; two are all that an anchor has', async () => {
    const { call, anchorArn: trustAnchorArn, gatehouse: { clock } } = anywhere;
    const forged = Buffer.from(toPem('X509 CRL', issueRevocationList({ number: 1, thisUpdate: clock.now, nextUpdate: clock.now + 1_000, revoked: [] }, named('Authority')))).toString('base64');
    await refused(call('POST', '/crls', { name: 'l', trustAnchorArn, crlData: forged }), /not signed by the authority/);
    await refused(call('POST', '/crls', { name: 'l', trustAnchorArn, crlData: Buffer.from('x').toString('base64') }), /no certificate revocation list/);
    await refused(call('POST', '/crls', { name: 'l', trustAnchorArn: `${trustAnchorArn.slice(0, -12)}000000000000`, crlData }), /no trust anchor of this account/);
    const { json: { crl } } = await call('POST', '/crls', { name: 'l', trustAnchorArn, crlData });
    assert.deepEqual([crl.crlData, crl.enabled, crl.trustAnchorArn], [crlData, false, trustAnchorArn]);
    await call('POST', '/crls', { name: 'm', trustAnchorArn, crlData });
    await refused(call('POST', '/crls', { name: 'n', trustAnchorArn, crlData }), /at most 2/);
    assert.equal((await call('GET', '/crls')).json.crls.length, 2);
    await refused(call('PATCH', `/crl/${crl.crlId}`, { crlData: forged }), /not signed/);
    for (const one of (await call('GET', '/crls')).json.crls) await call('DELETE', `/crl/${one.crlId}`);
  });

  test('every operation asks for what the authorization reference lists, on its resource', async () => {
    const { gatehouse, anchorArn, profileArn, roleArn, newAnchor, newProfile } = anywhere;
    const user = await permittedUser(gatehouse, 'operator');
    const call = (method: string, target: string, body?: object) => ({ service: 'rolesanywhere', method, target, body });
    const { json: { crl } } = await anywhere.call('POST', '/crls', { name: 'l', trustAnchorArn: anchorArn, crlData });
    const { json: { subjectArn } } = await anywhere.session();
    const [anchor, profile, subject] = [anchorArn, profileArn, subjectArn].map(idOf);
    const doomedAnchor = await newAnchor(named('Doomed'));
    const doomedProfile = await newProfile({ roleArns: [roleArn] });
    const rows: readonly (readonly [string, Parameters<typeof assertAsks>[2], string, Readonly<Record<string, string>>?])[] = [
      ['CreateTrustAnchor', call('POST', '/trustanchors', { name: 'a', source: bundle(authorityPem()) }), '*'],
      ['GetTrustAnchor', call('GET', `/trustanchor/${anchor}`), anchorArn],
      ['ListTrustAnchors', call('GET', '/trustanchors'), '*'],
      ['UpdateTrustAnchor', call('PATCH', `/trustanchor/${anchor}`, { name: 'b' }), anchorArn],
      ['DisableTrustAnchor', call('POST', `/trustanchor/${anchor}/disable`), anchorArn],
      ['EnableTrustAnchor', call('POST', `/trustanchor/${anchor}/enable`), anchorArn],
      ['PutNotificationSettings', call('PATCH', '/put-notifications-settings', { trustAnchorId: anchor, notificationSettings: [] }), anchorArn],
      ['ResetNotificationSettings', call('PATCH', '/reset-notifications-settings', { trustAnchorId: anchor, notificationSettingKeys: [] }), anchorArn],
      ['CreateProfile', call('POST', '/profiles', { name: 'p', roleArns: [roleArn] }), '*', { 'iam:PassRole': roleArn }],
      ['GetProfile', call('GET', `/profile/${profile}`), profileArn],
      ['ListProfiles', call('GET', '/profiles'), '*'],
      ['UpdateProfile', call('PATCH', `/profile/${profile}`, { roleArns: [roleArn] }), profileArn, { 'iam:PassRole': roleArn }],
      ['DisableProfile', call('POST', `/profile/${profile}/disable`), profileArn],
      ['EnableProfile', call('POST', `/profile/${profile}/enable`), profileArn],
      ['PutAttributeMapping', call('PUT', `/profiles/${profile}/mappings`, { certificateField: 'x509SAN', mappingRules: [{ specifier: 'DNS' }] }), profileArn],
      ['DeleteAttributeMapping', call('DELETE', `/profiles/${profile}/mappings?certificateField=x509SAN`), profileArn],
      ['ImportCrl', call('POST', '/crls', { name: 'l', trustAnchorArn: anchorArn, crlData }), '*'],
      ['GetCrl', call('GET', `/crl/${crl.crlId}`), crl.crlArn],
      ['ListCrls', call('GET', '/crls'), '*'],
      ['UpdateCrl', call('PATCH', `/crl/${crl.crlId}`, { name: 'm' }), crl.crlArn],
      ['EnableCrl', call('POST', `/crl/${crl.crlId}/enable`), crl.crlArn],
      ['DisableCrl', call('POST', `/crl/${crl.crlId}/disable`), crl.crlArn],
      ['DeleteCrl', call('DELETE', `/crl/${crl.crlId}`), crl.crlArn],
      ['GetSubject', call('GET', `/subject/${subject}`), subjectArn],
      ['ListSubjects', call('GET', '/subjects'), '*'],
      ['TagResource', call('POST', '/TagResource', { resourceArn: subjectArn, tags: [{ key: 'a', value: 'b' }] }), subjectArn],
      ['UntagResource', call('POST', '/UntagResource', { resourceArn: subjectArn, tagKeys: ['a'] }), subjectArn],
      ['ListTagsForResource', call('GET', `/ListTagsForResource?resourceArn=${encodeURIComponent(subjectArn)}`), '*'],
      ['DeleteProfile', call('DELETE', `/profile/${idOf(doomedProfile)}`), doomedProfile],
      ['DeleteTrustAnchor', call('DELETE', `/trustanchor/${idOf(doomedAnchor)}`), doomedAnchor],
    ];
    for (const [operation, request, resource, more = {}] of rows) await assertAsks(gatehouse, user, request, { [`rolesanywhere:${operation}`]: resource, ...more });
    assert.deepEqual([...rolesanywhere.operations.keys()].filter((name) => name !== 'CreateSession').sort(), rows.map(([operation]) => operation).sort());
  });

  test('tags of resources and of requests are conditions; who may pass a role to Roles Anywhere may be said', async () => {
    const { gatehouse, anchorArn, roleArn, call } = anywhere;
    const { key, permit } = await permittedUser(gatehouse, 'tagger');
    await permit(
      { Effect: 'Allow', Action: 'rolesanywhere:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }, { Effect: 'Allow', Action: 'rolesanywhere:CreateProfile', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } } },
      { Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn, Condition: { StringEquals: { 'iam:PassedToService': 'rolesanywhere.amazonaws.com' } } },
    );
    const at = `/trustanchor/${idOf(anchorArn)}`;
    assert.equal((await call('GET', at, undefined, key)).status, 403);
    await call('POST', '/TagResource', { resourceArn: anchorArn, tags: [{ key: 'team', value: 'blue' }] });
    assert.equal((await call('GET', at, undefined, key)).status, 200);
    assert.equal((await call('POST', '/profiles', { name: 'p', roleArns: [roleArn] }, key)).status, 403);
    assert.equal((await call('POST', '/profiles', { name: 'p', roleArns: [roleArn], tags: [{ key: 'team', value: 'blue' }] }, key)).status, 201);
    await refused(call('POST', '/TagResource', { resourceArn: anchorArn, tags: [{ key: 'aws:x', value: '' }] }), /reserved/);
    assert.equal((await call('POST', '/TagResource', { resourceArn: anchorArn.replace('us-east-1', 'eu-west-1'), tags: [] })).status, 404);
    const { code } = await call('POST', '/TagResource', { resourceArn: anchorArn, tags: Array.from({ length: 200 }, (_, i) => ({ key: `k${i}`, value: '' })) });
    assert.equal(code, 'TooManyTagsException');
  });

  test('what one account has, another neither reads nor changes', async () => {
    const { gatehouse, anchorArn, profileArn } = anywhere;
    const key = await gatehouse.newAccount('444455556666');
    for (const target of [`/trustanchor/${idOf(anchorArn)}`, `/profile/${idOf(profileArn)}`]) for (const method of ['GET', 'DELETE']) assert.equal((await anywhere.call(method, target, undefined, key)).status, 404);
    assert.equal((await anywhere.call('GET', `/ListTagsForResource?resourceArn=${encodeURIComponent(anchorArn)}`, undefined, key)).status, 404);
    assert.deepEqual((await anywhere.call('GET', '/subjects', undefined, key)).json.subjects, []);
    credentialsOf(await anywhere.session());
  });
});
