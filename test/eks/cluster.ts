/** A Gatehouse with a cluster of Kubernetes that runs elsewhere: an issuer whose tokens are of its pods, and a node that may ask for them. */
import assert from 'node:assert/strict';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { callRest } from '../rest-call.ts';
import type { RestAnswer } from '../rest-call.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { testIssuer } from '../sts/issuer.ts';
import type { TestIssuer } from '../sts/issuer.ts';
import { makeRole, makeUser } from '../sts/roles.ts';

export const podTrust = (rest: object = {}): object => ({ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], ...rest });

/** What the token of a pod of `web`'s service account `api` claims. */
export const podClaims = (pod: { readonly namespace?: string; readonly serviceAccount?: string; readonly name?: string } = {}): Readonly<Record<string, unknown>> => {
  const { namespace = 'web', serviceAccount = 'api', name = 'api-0' } = pod;
  return {
    aud: ['pods.eks.amazonaws.com'], sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: '11111111-1111-4111-8111-111111111111' }, pod: { name, uid: '22222222-2222-4222-8222-222222222222' } },
  };
};

export interface Cluster {
  readonly gatehouse: TestGatehouse;
  readonly issuer: TestIssuer;
  /** Of the node's agent. */
  readonly node: KeyPair;
  readonly roleArn: string;
  call(method: string, target: string, body?: object, key?: KeyPair): Promise<RestAnswer>;
  /** CreatePodIdentityAssociation for `web`'s `api`, unless something else is said; its id. */
  associate(body?: object): Promise<string>;
  /** AssumeRoleForPodIdentity. */
  assume(token: string, options?: { readonly key?: KeyPair; readonly cluster?: string }): Promise<RestAnswer>;
  own(Action: string, parameters: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly text: string }>;
}

export const issuerUrl = 'https://oidc.cluster.example/id/1';

export async function startCluster(): Promise<Cluster> {
  const issuer = await testIssuer(issuerUrl, 'ES256');
  const gatehouse = await startGatehouse({ seed: 'pods', fetchDocument: issuer.fetchDocument });
  const own: Cluster['own'] = async (Action, parameters) => {
    const answer = await callQuery(gatehouse, 'gatehouse', { Action, ...parameters });
    return { status: answer.status, text: textOf(answer) };
  };
  const registered = await own('RegisterKubernetesCluster', { Name: 'blue', IssuerUrl: issuerUrl });
  assert.equal(registered.status, 200, registered.text);
  const roleArn = await makeRole(gatehouse, 'api', { trust: [podTrust()], policy: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'web' } } }] });
  const node = await makeUser(gatehouse, 'node', [{ Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: `arn:aws:eks:us-east-1:${gatehouse.account}:cluster/blue` }]);
  const call: Cluster['call'] = (method, target, body, key) => callRest(gatehouse, { service: 'eks', method, target, body }, key);
  return {
    gatehouse, issuer, node, roleArn, call, own,
    async associate(body = {}) {
      const { status, message, json } = await call('POST', '/clusters/blue/pod-identity-associations', { namespace: 'web', serviceAccount: 'api', roleArn, ...body });
      assert.equal(status, 200, message);
      return json.association.associationId;
    },
    assume: (token, { key = node, cluster = 'blue' } = {}) => callRest(gatehouse, { service: 'eks-auth', method: 'POST', target: `/clusters/${cluster}/assume-role-for-pod-identity`, body: { token } }, key),
  };
}

export const keyOfPod = ({ json: { credentials } }: RestAnswer): KeyPair => ({ accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey, sessionToken: credentials.sessionToken });
