/** A pod is given the role of its service account for its token, and nobody is given it for any other. */
import assert from 'node:assert/strict';
import { describe, before, test } from 'node:test';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { generateKeyPair } from 'jose';
import type { RestAnswer } from '../rest-call.ts';
import { makeRole } from '../sts/roles.ts';
import { keyOfPod, podClaims, podTrust, startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';

const refused = ({ status, code }: RestAnswer) => [status, code];

describe('AssumeRoleForPodIdentity', () => {
  let cluster: Cluster;
  let id: string;
  let token: string;
  before(async () => {
    cluster = await startCluster();
    id = await cluster.associate();
    token = await cluster.issuer.mint(podClaims());
  });

  test('the token of a pod is answered by credentials of its role, with the six tags, all transitive', async () => {
    const { gatehouse } = cluster;
    const { status, json, message } = await cluster.assume(token);
    assert.equal(status, 200, message);
    assert.deepEqual([json.subject, json.audience], [{ namespace: 'web', serviceAccount: 'api' }, 'pods.eks.amazonaws.com']);
    assert.deepEqual(json.podIdentityAssociation, { associationId: id, associationArn: `arn:aws:eks:us-east-1:${gatehouse.account}:podidentityassociation/blue/${id}` });
    assert.match(json.assumedRoleUser.arn, new RegExp(`^arn:aws:sts::${gatehouse.account}:assumed-role/api/eks-blue-api-0-[0-9a-f-]{36}$`));
    assert.equal(json.credentials.expiration, gatehouse.clock.now / 1000 + 6 * 3_600);
    const key = keyOfPod({ json } as RestAnswer);
    assert.equal((await gatehouse.sts(key).send(new GetCallerIdentityCommand({}))).Arn, json.assumedRoleUser.arn);
    // The role's policy asks for a tag of the session.
    await gatehouse.s3(key).send(new ListBucketsCommand({}));
    // Both roles trust; the second one asks for what the first session hands on.
    const onward = await makeRole(gatehouse, 'onward', { trust: [{ Effect: 'Allow', Principal: { AWS: cluster.roleArn }, Action: ['sts:AssumeRole', 'sts:TagSession'] }], policy: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-pod-uid': '22222222-2222-4222-8222-222222222222', 'aws:PrincipalTag/eks-cluster-arn': `arn:aws:eks:us-east-1:${gatehouse.account}:cluster/blue` } } }] });
    const { Credentials } = await gatehouse.sts(key).send(new AssumeRoleCommand({ RoleArn: onward, RoleSessionName: 'onward' }));
    await gatehouse.s3({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken }).send(new ListBucketsCommand({}));
  });

  test('a token that is another\'s, for another, out of date or not whole opens nothing', async () => {
    const { issuer } = cluster;
    const other = await generateKeyPair('ES256');
    const now = cluster.gatehouse.clock.now / 1000;
    const kubernetes = podClaims()['kubernetes.io'] as object;
    const minted = async (claims: object): Promise<string> => issuer.mint({ ...podClaims(), ...claims });
    const attacks: Readonly<Record<string, readonly [token: string, expected: string]>> = {
      'a forged signature': [await issuer.mint(podClaims(), {}, other.privateKey), 'InvalidTokenException'],
      'no signature': [`${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.x`, 'InvalidTokenException'],
      'claims that were changed': [[token.split('.')[0], Buffer.from(JSON.stringify({ iss: issuer.url, ...podClaims({ serviceAccount: 'admin' }), iat: now, exp: now + 600 })).toString('base64url'), token.split('.')[2]].join('.'), 'InvalidTokenException'],
      'another issuer': [await minted({ iss: 'https://oidc.cluster.example/id/2' }), 'InvalidTokenException'],
      'a token for the cluster itself': [await minted({ aud: ['https://kubernetes.default.svc'] }), 'InvalidTokenException'],
      'a token for STS': [await minted({ aud: ['sts.amazonaws.com'] }), 'InvalidTokenException'],
      'a token whose authorized party is another': [await minted({ azp: 'sts.amazonaws.com' }), 'InvalidTokenException'],
      'an expired one': [await minted({ exp: now - 1 }), 'ExpiredTokenException'],
      'one from the future': [await minted({ iat: now + 1_000, nbf: now + 1_000 }), 'InvalidTokenException'],
      'one without an end': [await minted({ exp: undefined }), 'InvalidTokenException'],
      'one of no pod': [await minted({ 'kubernetes.io': { ...kubernetes, pod: undefined } }), 'InvalidTokenException'],
      'a subject that is another account\'s': [await minted({ sub: 'system:serviceaccount:web:admin' }), 'InvalidTokenException'],
      'a namespace that is another\'s': [await minted({ 'kubernetes.io': { ...kubernetes, namespace: 'kube-system' } }), 'InvalidTokenException'],
      'a name that would be two': [await minted({ sub: 'system:serviceaccount:web/api:x', 'kubernetes.io': { ...kubernetes, namespace: 'web/api' } }), 'InvalidTokenException'],
      'a token beyond all size': [await minted({ padding: 'x'.repeat(9_000) }), 'InvalidTokenException'],
      'a service account without an association': [await issuer.mint(podClaims({ serviceAccount: 'other' })), 'ResourceNotFoundException'],
      'the same name in another namespace': [await issuer.mint(podClaims({ namespace: 'other' })), 'ResourceNotFoundException'],
    };
    for (const [name, [attack, expected]] of Object.entries(attacks)) {
      const { status, code, json } = await cluster.assume(attack);
      assert.deepEqual([code, json.credentials], [expected, undefined], name);
      assert.equal(status, expected === 'ResourceNotFoundException' ? 404 : 400, name);
    }
    // What is no token of three parts does not even reach the proof.
    assert.deepEqual(refused(await cluster.assume('nothing')), [400, 'InvalidParameterException']);
  });

  test('a token of another issuer makes nobody ask that one, and one whose keys cannot be had may be tried again', async () => {
    const { issuer } = cluster;
    const before = issuer.fetched.length;
    await cluster.assume(await issuer.mint({ ...podClaims(), iss: 'https://169.254.169.254' }));
    assert.equal(issuer.fetched.length, before);
  });

  test('only who may ask for the cluster is answered: the token alone proves nothing, and another cluster\'s name opens nothing', async () => {
    const { json: { credentials } } = await cluster.assume(token);
    const ofPod = { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey, sessionToken: credentials.sessionToken };
    assert.deepEqual(refused(await cluster.assume(token, { key: ofPod })), [403, 'AccessDeniedException']);
    assert.deepEqual(refused(await cluster.assume(token, { cluster: 'red' })), [403, 'AccessDeniedException']);
    assert.deepEqual(refused(await cluster.assume(token, { cluster: 'red', key: cluster.gatehouse.admin })), [404, 'ResourceNotFoundException']);
    await cluster.own('RegisterKubernetesCluster', { Name: 'green', IssuerUrl: 'https://oidc.cluster.example/id/3', KeySet: JSON.stringify({ keys: [cluster.issuer.publicJwk] }) });
    assert.deepEqual(refused(await cluster.assume(token, { cluster: 'green', key: cluster.gatehouse.admin })), [400, 'InvalidTokenException']);
  });

  test('the trust policy decides: by the tags that are asked for, for tags at all, and by the cluster', async () => {
    const { gatehouse } = cluster;
    const arn = `arn:aws:eks:us-east-1:${gatehouse.account}:cluster/blue`;
    const trusts: readonly (readonly [serviceAccount: string, trust: object, body: object, status: number])[] = [
      ['t1', podTrust({ Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'web', 'aws:RequestTag/kubernetes-service-account': 't1' }, ArnEquals: { 'aws:SourceArn': arn } } }), {}, 200],
      ['t2', podTrust({ Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'other' } } }), {}, 400],
      ['t3', podTrust({ Action: ['sts:AssumeRole'] }), {}, 400],
      ['t4', podTrust({ Action: ['sts:AssumeRole'] }), { disableSessionTags: true }, 200],
      ['t5', podTrust({ Principal: { Service: 'ec2.amazonaws.com' } }), {}, 400],
    ];
    for (const [serviceAccount, trust, body, status] of trusts) {
      await cluster.associate({ serviceAccount, roleArn: await makeRole(gatehouse, serviceAccount, { trust: [trust] }), ...body });
      const answer = await cluster.assume(await cluster.issuer.mint(podClaims({ serviceAccount })));
      assert.equal(answer.status, status, `${serviceAccount}: ${answer.message}`);
      if (status !== 200) assert.deepEqual([answer.code, answer.message], ['AccessDeniedException', 'Unauthorized Exception! EKS does not have permissions to assume the associated role.']);
    }
  });

  test('a policy narrows the session', async () => {
    await cluster.associate({ serviceAccount: 'narrow', roleArn: await makeRole(cluster.gatehouse, 'narrow', { trust: [podTrust()], policy: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }), disableSessionTags: true, policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }) });
    const key = keyOfPod(await cluster.assume(await cluster.issuer.mint(podClaims({ serviceAccount: 'narrow' }))));
    await assert.rejects(cluster.gatehouse.s3(key).send(new ListBucketsCommand({})), { name: 'AccessDenied' });
  });

  test('the first role assumes the target role, in another account too, by an external id that no other association has', async () => {
    const { gatehouse } = cluster;
    const abroad = await gatehouse.newAccount('222233334444');
    const externalId = `us-east-1/${gatehouse.account}/blue/web/chained`;
    const way = await makeRole(gatehouse, 'way', { trust: [podTrust()], policy: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' }] });
    const target = await makeRole(gatehouse, 'target', { trust: [{ Effect: 'Allow', Principal: { AWS: way }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'sts:ExternalId': externalId } } }] }, abroad);
    await cluster.associate({ serviceAccount: 'chained', roleArn: way, targetRoleArn: target });
    await cluster.associate({ serviceAccount: 'deputy', roleArn: way, targetRoleArn: target });
    const answer = await cluster.assume(await cluster.issuer.mint(podClaims({ serviceAccount: 'chained' })));
    assert.equal(answer.status, 200, answer.message);
    assert.match(answer.json.assumedRoleUser.arn, /^arn:aws:sts::222233334444:assumed-role\/target\/eks-blue-api-0-/);
    assert.equal(answer.json.credentials.expiration, gatehouse.clock.now / 1000 + 3_600);
    assert.equal((await gatehouse.sts(keyOfPod(answer)).send(new GetCallerIdentityCommand({}))).Account, '222233334444');
    assert.deepEqual(refused(await cluster.assume(await cluster.issuer.mint(podClaims({ serviceAccount: 'deputy' })))), [400, 'AccessDeniedException']);
    const { json: { associations: [{ associationId }] } } = await cluster.call('GET', '/clusters/blue/pod-identity-associations?serviceAccount=chained');
    const { json: { association } } = await cluster.call('GET', `/clusters/blue/pod-identity-associations/${associationId}`);
    assert.deepEqual([association.targetRoleArn, association.externalId], [target, externalId]);
  });

  test('what is taken away counts from the next request on: the association, the role\'s trust, the cluster', async () => {
    const { json: { association } } = await cluster.call('DELETE', `/clusters/blue/pod-identity-associations/${id}`);
    assert.equal(association.associationId, id);
    assert.deepEqual(refused(await cluster.assume(token)), [404, 'ResourceNotFoundException']);
    assert.notEqual(await cluster.associate(), id);
    assert.equal((await cluster.assume(token)).status, 200);
    assert.equal((await cluster.own('DeregisterKubernetesCluster', { Name: 'blue' })).status, 200);
    assert.deepEqual(refused(await cluster.assume(token)), [404, 'ResourceNotFoundException']);
    // One of the same name begins without associations.
    await cluster.own('RegisterKubernetesCluster', { Name: 'blue', IssuerUrl: cluster.issuer.url });
    assert.deepEqual(refused(await cluster.assume(token)), [404, 'ResourceNotFoundException']);
  });

  test('neither tokens nor credentials stand in the audit log or the request log', () => {
    const { auditRecords, logLines } = cluster.gatehouse;
    const text = JSON.stringify([auditRecords, logLines]);
    assert.ok(text.includes('AssumeRoleForPodIdentity'));
    assert.ok(!text.includes(token.split('.')[2]!));
    assert.ok(text.includes('"invokedBy":"pods.eks.amazonaws.com"'));
    for (const record of auditRecords) assert.ok(!/"(?:secretAccessKey|sessionToken)":"(?!HIDDEN)/.test(JSON.stringify(record)));
  });
});
