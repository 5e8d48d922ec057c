/** Associations and clusters as they are kept, and what each operation asks of policies. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertAsks, permittedUser } from '../rest-call.ts';
import { makeRole } from '../sts/roles.ts';
import { podClaims, podTrust, startCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';

describe('EKS', () => {
  let cluster: Cluster;
  before(async () => { cluster = await startCluster(); });

  const path = '/clusters/blue/pod-identity-associations';
  const arnOf = (resource: string): string => `arn:aws:eks:us-east-1:${cluster.gatehouse.account}:${resource}`;
  const create = (body: object) => cluster.call('POST', path, { namespace: 'web', serviceAccount: 'api', roleArn: cluster.roleArn, ...body });

  test('an association is made once for a service account, by a request that may be repeated; changed, listed in pages, and removed', async () => {
    const { status, json: { association } } = await create({ clientRequestToken: 'once', tags: { team: 'blue' } });
    const { associationId } = association;
    assert.equal(status, 200);
    assert.match(associationId, /^a-[a-z0-9]{17}$/);
    assert.deepEqual(association, {
      clusterName: 'blue', namespace: 'web', serviceAccount: 'api', roleArn: cluster.roleArn, associationArn: arnOf(`podidentityassociation/blue/${associationId}`), associationId, tags: { team: 'blue' },
      createdAt: cluster.gatehouse.clock.now / 1000, modifiedAt: cluster.gatehouse.clock.now / 1000, disableSessionTags: false,
    });
    assert.equal((await create({ clientRequestToken: 'once' })).json.association.associationId, associationId);
    assert.deepEqual([(await create({})).message, (await create({ clientRequestToken: 'once', disableSessionTags: true })).code], [`Association already exists: ${associationId}`, 'ResourceInUseException']);
    const other = await makeRole(cluster.gatehouse, 'other', { trust: [podTrust()] });
    cluster.gatehouse.clock.advance(1_000);
    const changed = (await cluster.call('POST', `${path}/${associationId}`, { roleArn: other, targetRoleArn: 'arn:aws:iam::222233334444:role/x' })).json.association;
    assert.deepEqual([changed.roleArn, changed.targetRoleArn, changed.modifiedAt - changed.createdAt], [other, 'arn:aws:iam::222233334444:role/x', 1]);
    assert.equal((await cluster.call('POST', `${path}/${associationId}`, { targetRoleArn: '' })).json.association.targetRoleArn, undefined);
    for (const serviceAccount of ['b', 'c']) await create({ serviceAccount });
    const first = (await cluster.call('GET', `${path}?maxResults=2`)).json;
    const rest = (await cluster.call('GET', `${path}?maxResults=2&nextToken=${encodeURIComponent(first.nextToken)}`)).json;
    assert.deepEqual([...first.associations, ...rest.associations].map((one: { serviceAccount: string }) => one.serviceAccount).sort(), ['api', 'b', 'c']);
    assert.deepEqual([rest.nextToken, (await cluster.call('GET', `${path}?namespace=none`)).json.associations], [undefined, []]);
    assert.equal((await cluster.call('DELETE', `${path}/${associationId}`)).status, 200);
    assert.deepEqual([(await cluster.call('GET', `${path}/${associationId}`)).code, (await cluster.call('DELETE', `${path}/${associationId}`)).status], ['ResourceNotFoundException', 404]);
  });

  test('what is wrong is refused, and changes nothing', async () => {
    const wrong: readonly (readonly [body: object, code: string])[] = [
      [{ namespace: 'Web' }, 'InvalidParameterException'], [{ namespace: 'a/b' }, 'InvalidParameterException'], [{ serviceAccount: '' }, 'InvalidParameterException'], [{ serviceAccount: 'a..b' }, 'InvalidParameterException'],
      [{ roleArn: 'api' }, 'InvalidParameterException'], [{ roleArn: 'arn:aws:iam::222233334444:role/api' }, 'InvalidParameterException'], [{ roleArn: `${cluster.roleArn}x` }, 'InvalidParameterException'],
      [{ targetRoleArn: 'x' }, 'InvalidParameterException'], [{ policy: '{}', disableSessionTags: true }, 'InvalidParameterException'], [{ policy: '{"Version":"2012-10-17","Statement":[]}' }, 'InvalidParameterException'],
      [{ tags: { 'aws:x': '1' } }, 'InvalidParameterException'],
    ];
    for (const [body, code] of wrong) assert.equal((await create({ serviceAccount: 'wrong', ...body })).code, code, JSON.stringify(body));
    assert.deepEqual((await cluster.call('GET', `${path}?serviceAccount=wrong`)).json.associations, []);
    assert.deepEqual([(await cluster.call('POST', '/clusters/red/pod-identity-associations', { namespace: 'a', serviceAccount: 'b', roleArn: cluster.roleArn })).message, (await cluster.call('POST', '/clusters', { name: 'x' })).code], ['No cluster found for name: red.', 'NotImplemented']);
  });

  test('a cluster is registered by its issuer, shown by EKS, and belongs to a region', async () => {
    const { json } = await cluster.call('GET', '/clusters/blue');
    assert.deepEqual([json.cluster.arn, json.cluster.status, json.cluster.identity.oidc.issuer], [arnOf('cluster/blue'), 'ACTIVE', cluster.issuer.url]);
    await cluster.own('RegisterKubernetesCluster', { Name: 'west', IssuerUrl: 'https://west.example', Region: 'eu-west-1' });
    assert.deepEqual([(await cluster.call('GET', '/clusters')).json.clusters, (await cluster.call('GET', '/clusters/west')).code], [['blue'], 'ResourceNotFoundException']);
    const { privateKey: _, publicJwk } = cluster.issuer;
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ Name: 'blue' }, /KubernetesClusterAlreadyExists/], [{ IssuerUrl: 'http://plain.example' }, /InvalidCluster/], [{ IssuerUrl: 'https://u@h.example' }, /InvalidCluster/], [{ IssuerUrl: 'https://h.example/?q' }, /InvalidCluster/], [{ Name: '../x' }, /ValidationError/],
      [{ KeySet: '{}' }, /InvalidCluster/], [{ KeySet: 'null' }, /InvalidCluster/], [{ KeySet: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }, /InvalidCluster/], [{ KeySet: JSON.stringify({ keys: [{ ...publicJwk, d: 'secret' }] }) }, /InvalidCluster/],
      [{ KeySet: '{"keys":[{"kty":"RSA","e":"AQAB"}]}' }, /InvalidCluster/], [{ KeySet: JSON.stringify({ keys: [{ ...publicJwk, x: publicJwk.y }] }) }, /InvalidCluster/],
    ];
    for (const [parameters, expected] of wrong) assert.match((await cluster.own('RegisterKubernetesCluster', { Name: 'new', IssuerUrl: 'https://new.example', ...parameters })).text, expected, JSON.stringify(parameters));
    assert.match((await cluster.own('ListKubernetesClusters', { Region: 'eu-west-1' })).text, /<Name>west<\/Name>/);
    assert.match((await cluster.own('DeregisterKubernetesCluster', { Name: 'none' })).text, /NoSuchKubernetesCluster/);
  });

  test('each operation asks what the authorization reference lists, and iam:PassRole for a role that is given', async () => {
    const { gatehouse, roleArn } = cluster;
    const user = await permittedUser(gatehouse, 'operator');
    const blue = arnOf('cluster/blue');
    const { json: { association: { associationId, associationArn } } } = await create({ serviceAccount: 'asked' });
    const asks = (method: string, target: string, body: object | undefined, asked: Readonly<Record<string, string>>, service = 'eks') => assertAsks(gatehouse, user, { service, method, target, body }, asked);
    await asks('POST', path, { namespace: 'web', serviceAccount: 'made', roleArn }, { 'eks:CreatePodIdentityAssociation': blue, 'iam:PassRole': roleArn });
    await asks('GET', path, undefined, { 'eks:ListPodIdentityAssociations': blue });
    await asks('GET', `${path}/${associationId}`, undefined, { 'eks:DescribePodIdentityAssociation': associationArn });
    await asks('POST', `${path}/${associationId}`, { roleArn }, { 'eks:UpdatePodIdentityAssociation': associationArn, 'iam:PassRole': roleArn });
    await asks('POST', `${path}/${associationId}`, { disableSessionTags: true }, { 'eks:UpdatePodIdentityAssociation': associationArn });
    await asks('GET', '/clusters/blue', undefined, { 'eks:DescribeCluster': blue });
    await asks('GET', '/clusters', undefined, { 'eks:ListClusters': '*' });
    const tagged = `/tags/${encodeURIComponent(associationArn)}`;
    await asks('POST', tagged, { tags: { a: '1' } }, { 'eks:TagResource': associationArn });
    assert.deepEqual((await cluster.call('GET', tagged)).json.tags, { a: '1' });
    await asks('DELETE', `${tagged}?tagKeys=a`, undefined, { 'eks:UntagResource': associationArn });
    await asks('GET', `/tags/${encodeURIComponent(blue)}`, undefined, { 'eks:ListTagsForResource': blue });
    await asks('DELETE', `${path}/${associationId}`, undefined, { 'eks:DeletePodIdentityAssociation': associationArn });
    await asks('POST', '/clusters/blue/assume-role-for-pod-identity', { token: await cluster.issuer.mint(podClaims({ serviceAccount: 'made' })) }, { 'eks-auth:AssumeRoleForPodIdentity': blue }, 'eks-auth');
    assert.deepEqual([(await cluster.call('GET', `/tags/${encodeURIComponent('arn:aws:eks:us-east-1:222233334444:cluster/blue')}`)).code, (await cluster.call('GET', '/tags/x')).code], ['NotFoundException', 'BadRequestException']);
  });

  test('permissions by tag: of the cluster, of the association, of the request, and by whom a role is passed to', async () => {
    const { gatehouse, roleArn } = cluster;
    const user = await permittedUser(gatehouse, 'tagger');
    await cluster.call('POST', `/tags/${encodeURIComponent(arnOf('cluster/blue'))}`, { tags: { team: 'blue' } });
    const allow = (Action: string, Condition?: object): object => ({ Effect: 'Allow', Action, Resource: '*', ...(Condition && { Condition }) });
    const pass = (service: string): object => allow('iam:PassRole', { StringEquals: { 'iam:PassedToService': service } });
    const tryAs = async (serviceAccount: string, tags?: object): Promise<number> => (await cluster.call('POST', path, { namespace: 'web', serviceAccount, roleArn, ...(tags && { tags }) }, user.key)).status;
    await user.permit(allow('eks:CreatePodIdentityAssociation', { StringEquals: { 'aws:ResourceTag/team': 'blue', 'aws:RequestTag/team': 'blue' } }), pass('pods.eks.amazonaws.com'));
    assert.deepEqual([await tryAs('g1', { team: 'blue' }), await tryAs('g2', { team: 'red' }), await tryAs('g3')], [200, 403, 403]);
    await user.permit(allow('eks:CreatePodIdentityAssociation'), pass('ec2.amazonaws.com'));
    assert.equal(await tryAs('g4'), 403);
  });
});
