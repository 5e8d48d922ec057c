/** What the test issuer's tokens claim: the subjects and keys that the real issuers document. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenClaims } from './token-shapes.ts';
import type { TokenWish } from './token-shapes.ts';

const moment = { nowSeconds: 1_000_000, newId: () => 'id' };
const settings = { issuer: undefined, audience: 'sts.amazonaws.com', lifetimeSeconds: undefined, claims: {} };
const claimsOf = (wish: TokenWish, more: Partial<Parameters<typeof tokenClaims>[1]> = {}) => tokenClaims(wish, { ...settings, ...more }, moment)!;
const job = { project: 'acme/app', ref: 'refs/heads/main', environment: undefined };

test('GitHub: the subject names the environment, the pull request or the ref, in this order', () => {
  const github = { shape: 'github', isPullRequest: false, ...job } as const;
  const subjects = [github, { ...github, ref: 'refs/tags/v1' }, { ...github, isPullRequest: true }, { ...github, isPullRequest: true, environment: 'prod' }].map((wish) => claimsOf(wish)['sub']);
  assert.deepEqual(subjects, ['repo:acme/app:ref:refs/heads/main', 'repo:acme/app:ref:refs/tags/v1', 'repo:acme/app:pull_request', 'repo:acme/app:environment:prod']);
  const claims = claimsOf(github);
  assert.deepEqual([claims['iss'], claims['aud'], claims['iat'], claims['nbf'], claims['exp'], claims['repository'], claims['repository_owner'], claims['ref_type'], claims['job_workflow_ref']], ['https://token.actions.githubusercontent.com', 'sts.amazonaws.com', 1_000_000, 999_400, 1_000_300, 'acme/app', 'acme', 'branch', 'acme/app/.github/workflows/deploy.yml@refs/heads/main']);
  assert.equal('environment' in claims, false);
  assert.equal(claims['repository_id'], claimsOf({ ...github, environment: 'x' })['repository_id'], 'a repository keeps its id');
});

test('GitLab: the subject names project, type and name of the ref', () => {
  const claims = claimsOf({ shape: 'gitlab', ...job, project: 'acme/team/app', ref: 'refs/tags/v1', environment: 'prod' });
  assert.deepEqual([claims['iss'], claims['sub'], claims['namespace_path'], claims['ref'], claims['ref_type'], claims['environment']], ['https://gitlab.com', 'project_path:acme/team/app:ref_type:tag:ref:v1', 'acme/team', 'v1', 'tag', 'prod']);
});

test('Kubernetes: the subject is the service account, the audience a list, the issuer the cluster\'s own', () => {
  const wish = { shape: 'kubernetes', namespace: 'web', serviceAccount: 'api' } as const;
  assert.equal(tokenClaims(wish, settings, moment), undefined);
  const claims = claimsOf(wish, { issuer: 'https://oidc.example/id/X' });
  assert.deepEqual([claims['iss'], claims['sub'], claims['aud']], ['https://oidc.example/id/X', 'system:serviceaccount:web:api', ['sts.amazonaws.com']]);
  assert.equal((claims['kubernetes.io'] as { namespace: string }).namespace, 'web');
});

test('a claim that is given stands in the place of a usual one', () => {
  assert.deepEqual(claimsOf({ shape: 'plain', subject: 'alice' }, { issuer: 'https://i.example', lifetimeSeconds: 60, claims: { aud: ['a', 'b'], email: 'a@example.com' } }), { sub: 'alice', iss: 'https://i.example', aud: ['a', 'b'], iat: 1_000_000, exp: 1_000_060, email: 'a@example.com' });
});
