/** The condition keys that each kind of issuer's tokens make: a trust policy asks for them by name, and for no claim that AWS makes no key of. Source: "IAM and AWS STS condition context keys", Available keys for AWS OIDC federation (IAM User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import type { IdTokenClaims } from '../../src/proof/oidc/id-token.ts';
import { providedClaims } from '../../src/proof/oidc/provided-claims.ts';
import { authorizationReference } from '../../src/server/read-model.ts';
import { startGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { testIssuer } from './issuer.ts';

interface Case {
  readonly issuer: string;
  /** An issuer that every account may trust without a provider. */
  readonly isBuiltIn?: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Conditions that hold, without the issuer in front of the key. */
  readonly holds: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** And conditions none of which does. */
  readonly fails: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
}

const audience = 'sts.amazonaws.com';

const cases: Readonly<Record<string, Case>> = {
  'GitHub Actions': {
    issuer: 'https://token.actions.githubusercontent.com',
    claims: { sub: 'repo:acme/app:environment:prod', actor: 'octocat', actor_id: '12', job_workflow_ref: 'acme/ci/.github/workflows/d.yml@refs/heads/main', repository: 'acme/app', repository_id: '74', workflow: 'deploy', ref: 'refs/heads/main', environment: 'prod', enterprise_id: '5', run_id: '99', event_name: 'push' },
    holds: { StringEquals: { sub: 'repo:acme/app:environment:prod', aud: audience, actor: 'octocat', actor_id: '12', job_workflow_ref: 'acme/ci/.github/workflows/d.yml@refs/heads/main', repository: 'acme/app', repository_id: '74', workflow: 'deploy', ref: 'refs/heads/main', environment: 'prod', enterprise_id: '5' }, StringLike: { SUB: 'repo:acme/*' } },
    fails: [{ StringEquals: { run_id: '99' } }, { StringEquals: { event_name: 'push' } }, { StringEquals: { repository: 'acme/other' } }],
  },
  'GitHub Enterprise with an address of its own': {
    issuer: 'https://token.actions.acme.ghe.com',
    claims: { sub: 'repo:acme/app:environment:prod', repository_owner_id: '5', run_id: '99' },
    holds: { StringEquals: { sub: 'repo:acme/app:environment:prod', repository_owner_id: '5' } },
    fails: [{ StringEquals: { run_id: '99' } }],
  },
  'GitLab CI': {
    issuer: 'https://gitlab.com',
    claims: { sub: 'project_path:acme/app:ref_type:branch:ref:main', project_path: 'acme/app', project_id: '20', ref_protected: 'true', user_login: 'alice', pipeline_source: 'push' },
    holds: { StringEquals: { sub: 'project_path:acme/app:ref_type:branch:ref:main', aud: audience, project_id: '20', ref_protected: 'true', user_login: 'alice', pipeline_source: 'push' } },
    fails: [{ StringEquals: { project_path: 'acme/app' } }, { StringEquals: { ref_protected: 'false' } }, { StringEquals: { project_id: '2' } }],
  },
  'a GitLab of one\'s own, whose claims AWS does not know': {
    issuer: 'https://gitlab.acme.example',
    claims: { sub: 'project_path:acme/app:ref_type:branch:ref:main', project_id: '20' },
    holds: { StringEquals: { sub: 'project_path:acme/app:ref_type:branch:ref:main' } },
    fails: [{ StringEquals: { project_id: '20' } }],
  },
  Buildkite: {
    issuer: 'https://agent.buildkite.com',
    claims: { sub: 'organization:acme:pipeline:app:ref:refs/heads/main', organization_slug: 'acme', pipeline_slug: 'app', build_branch: 'main', agent_id: 'a' },
    holds: { StringEquals: { organization_slug: 'acme', pipeline_slug: 'app', build_branch: 'main' } },
    fails: [{ StringEquals: { agent_id: 'a' } }, { StringEquals: { build_branch: 'other' } }],
  },
  'Oracle Cloud': {
    issuer: 'https://idcs-1a2b.identity.oraclecloud.com',
    claims: { sub: 'ocid1', rpst_id: 'r1' },
    holds: { StringEquals: { rpst_id: 'r1' } },
    fails: [{ StringEquals: { rpst_id: 'r2' } }],
  },
  'a Kubernetes cluster': {
    issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/TEST',
    claims: { sub: 'system:serviceaccount:web:api', aud: [audience], 'kubernetes.io': { namespace: 'web' } },
    holds: { StringEquals: { sub: 'system:serviceaccount:web:api', aud: audience } },
    fails: [{ StringEquals: { 'kubernetes.io': 'web' } }, { StringEquals: { sub: 'system:serviceaccount:web:other' } }],
  },
  'an Okta-style provider': {
    issuer: 'https://acme.okta.example/oauth2/default',
    claims: { sub: '00u1', email: 'alice@acme.example', amr: ['pwd', 'mfa'], groups: ['staff'] },
    holds: { StringEquals: { sub: '00u1', email: 'alice@acme.example' }, 'ForAnyValue:StringEquals': { amr: 'mfa' } },
    fails: [{ 'ForAnyValue:StringEquals': { amr: 'hwk' } }, { 'ForAnyValue:StringEquals': { groups: 'staff' } }],
  },
  CircleCI: {
    issuer: 'https://oidc.circleci.com/org/7f1c',
    claims: { sub: 'org/7f1c/project/a1/user/u', 'oidc.circleci.com/project-id': 'a1', 'oidc.circleci.com/vcs-ref': 'refs/heads/main' },
    holds: { StringEquals: { 'oidc.circleci.com/project-id': 'a1' } },
    fails: [{ StringEquals: { 'oidc.circleci.com/vcs-ref': 'refs/heads/main' } }],
  },
  Google: {
    issuer: 'https://accounts.google.com',
    isBuiltIn: true,
    claims: { sub: '108', azp: 'app-1', aud: 'backend', email: 'a@acme.example', google: { organization_number: 7 }, 'google/organization_number': 7 },
    holds: { StringEquals: { sub: '108', aud: 'app-1', oaud: 'backend', email: 'a@acme.example', 'google/organization_number': '7' } },
    fails: [{ StringEquals: { aud: 'backend' } }, { StringEquals: { azp: 'app-1' } }],
  },
  'Amazon Cognito': {
    issuer: 'https://cognito-identity.amazonaws.com',
    isBuiltIn: true,
    claims: { sub: 'us-east-1:1234', aud: 'us-east-1:pool', amr: ['authenticated', 'login.acme'] },
    holds: { StringEquals: { aud: 'us-east-1:pool', sub: 'us-east-1:1234' }, 'ForAnyValue:StringLike': { amr: 'authenticated' } },
    fails: [{ StringEquals: { aud: 'us-east-1:other' } }, { StringEquals: { aud: 'us-east-1:pool' }, 'ForAnyValue:StringLike': { amr: 'unauthenticated' } }],
  },
};

for (const [name, { issuer: url, isBuiltIn = false, claims, holds, fails }] of Object.entries(cases)) {
  test(`${name}: its keys are those that AWS documents`, async () => {
    const issuer = await testIssuer(url);
    const gatehouse = await startGatehouse({ fetchDocument: issuer.fetchDocument });
    const iam = gatehouse.iam();
    const Federated = isBuiltIn ? issuer.name : (await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [audience] }))).OpenIDConnectProviderArn!;
    const named = (asked: Case['holds']) => Object.fromEntries(Object.entries(asked).map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${issuer.name}:${key}`, value]))]));
    // What trust in a shared issuer must ask for beside it; it holds for every token of the case.
    const control = { StringLikeIfExists: { [`${issuer.name}:${isBuiltIn ? 'aud' : 'sub'}`]: isBuiltIn ? '*' : `${String(claims['sub']).slice(0, 3)}*` } };
    const token = await issuer.mint({ aud: audience, ...claims });
    const assume = async (RoleName: string, asked: Case['holds']) => {
      const Condition = { ...control, ...named(asked) };
      const { Role } = await iam.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition } }) }));
      return gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'test', WebIdentityToken: token }));
    };
    assert.equal((await assume('holds', holds)).SubjectFromWebIdentityToken, claims['sub']);
    // Each key by itself, so that none hides behind another.
    for (const [i, [operator, keys]] of Object.entries(holds).entries()) {
      for (const [j, [key, value]] of Object.entries(keys).entries()) await assume(`one-${i}-${j}`, { [operator]: { [key]: value } });
    }
    for (const [i, asked] of fails.entries()) await assertRefused(assume(`fails-${i}`, asked), { code: 'AccessDenied', status: 403, message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' });
  });
}

/** Keys of AssumeRoleWithWebIdentity that AWS lists beside those of an issuer's claims. */
const noClaims = /^(?:aws|sts):/;
/** Those of providers whose access tokens are taken instead. */
const ofAccessTokens = /^(?:www\.amazon\.com|graph\.facebook\.com):/;

test('every claim that AWS lists for an issuer is a key, and no other', () => {
  const listed = authorizationReference.find('sts')!.actions.get('assumerolewithwebidentity')!.conditionKeys.filter((key) => !noClaims.test(key) && !ofAccessTokens.test(key)).map((key) => key.replaceAll(/\$\{\w+\}/g, 'acme'));
  const byIssuer = Map.groupBy(listed, (key) => key.slice(0, key.indexOf(':')));
  assert.ok(byIssuer.size > 9);
  const everyClaim = Object.fromEntries(listed.map((key) => [key.slice(key.indexOf(':') + 1), 'x']));
  for (const [issuer, keys] of byIssuer) {
    const { keys: made } = providedClaims({ iss: `https://${issuer}`, sub: 'x', aud: ['x'], all: { ...everyClaim, sub: 'x', aud: ['x'], amr: ['x'] } } as unknown as IdTokenClaims, issuer);
    const further = (names: readonly string[]) => names.filter((key) => !/:(?:aud|sub|amr)$/.test(key)).sort();
    assert.deepEqual(further(Object.keys(made)), further(keys), issuer);
  }
});
