/** What tokens of known issuers claim, as their documentation says, for tests. Pure: the time and ids are arguments. */
import { hash } from 'node:crypto';

interface CiJob {
  /** `owner/name`, or with GitLab's subgroups. */
  readonly project: string;
  /** `refs/heads/main`, `refs/tags/v1`. */
  readonly ref: string;
  readonly environment: string | undefined;
}

/** Whose token is wanted, and about what. */
export type TokenWish =
  | ({ readonly shape: 'github'; readonly isPullRequest: boolean } & CiJob)
  | ({ readonly shape: 'gitlab' } & CiJob)
  | { readonly shape: 'kubernetes'; readonly namespace: string; readonly serviceAccount: string }
  | { readonly shape: 'plain'; readonly subject: string };

export type TokenShapeName = TokenWish['shape'];

export interface Moment { readonly nowSeconds: number; readonly newId: () => string }

interface TokenShape<Wish extends TokenWish> {
  /** The issuer that such tokens come from, unless another is wished; undefined where there is none that everyone uses. */
  readonly issuer: string | undefined;
  readonly lifetimeSeconds: number;
  /** How long before it is issued a token counts as valid, seconds; undefined where it has no `nbf`. */
  readonly notBeforeSeconds: number | undefined;
  audience(audience: string): string | readonly string[];
  claims(wish: Wish, moment: Moment): Readonly<Record<string, unknown>>;
}

const asItIs = (audience: string): string => audience;

const tokenShapes: { readonly [Shape in TokenShapeName]: TokenShape<Extract<TokenWish, { readonly shape: Shape }>> } = {
  /** Source: "OpenID Connect reference" (GitHub Docs). */
  github: {
    issuer: 'https://token.actions.githubusercontent.com',
    lifetimeSeconds: 300,
    notBeforeSeconds: 600,
    audience: asItIs,
    claims({ project, ref, environment, isPullRequest }, { newId }) {
      const owner = project.split('/', 1)[0]!;
      const context = environment !== undefined ? `environment:${environment}` : isPullRequest ? 'pull_request' : `ref:${ref}`;
      return {
        jti: newId(), sub: `repo:${project}:${context}`, ...(environment !== undefined && { environment }),
        ref, ref_type: refTypeOf(ref), sha: shaOf(ref), repository: project, repository_owner: owner, repository_id: numberOf(project), repository_owner_id: numberOf(owner), repository_visibility: 'private',
        actor: 'octocat', actor_id: numberOf('octocat'), workflow: 'deploy', head_ref: '', base_ref: '', event_name: isPullRequest ? 'pull_request' : 'push',
        job_workflow_ref: `${project}/.github/workflows/deploy.yml@${ref}`, runner_environment: 'github-hosted', run_id: numberOf(`${project} ${ref}`), run_number: '1', run_attempt: '1',
      };
    },
  },
  /** Source: "OpenID Connect (OIDC) Authentication Using ID Tokens", Token payload (GitLab Docs). */
  gitlab: {
    issuer: 'https://gitlab.com',
    lifetimeSeconds: 3600,
    notBeforeSeconds: 5,
    audience: asItIs,
    claims({ project, ref, environment }, { newId }) {
      const namespace = project.split('/').slice(0, -1).join('/');
      const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
      return {
        jti: newId(), sub: `project_path:${project}:ref_type:${refTypeOf(ref)}:ref:${name}`,
        namespace_id: numberOf(namespace), namespace_path: namespace, project_id: numberOf(project), project_path: project, user_id: numberOf('octocat'), user_login: 'octocat', user_email: 'octocat@example.com',
        pipeline_id: numberOf(`${project} ${ref}`), pipeline_source: 'push', job_id: numberOf(`job ${project}`), ref: name, ref_type: refTypeOf(ref), ref_path: ref, ref_protected: 'true', sha: shaOf(ref), runner_id: 1, runner_environment: 'gitlab-hosted',
        project_visibility: 'private', ci_config_ref_uri: `gitlab.com/${project}//.gitlab-ci.yml@${ref}`, ci_config_sha: shaOf(project),
        ...(environment !== undefined && { environment, environment_protected: 'true', deployment_tier: 'production' }),
      };
    },
  },
  /** Source: "Managing Service Accounts", Schema for service account private claims (Kubernetes documentation). A cluster's issuer is its own. */
  kubernetes: {
    issuer: undefined,
    lifetimeSeconds: 3600,
    notBeforeSeconds: 0,
    audience: (audience) => [audience],
    claims: ({ namespace, serviceAccount }, { newId }) => ({
      jti: newId(), sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
      'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: uuidOf(`${namespace}/${serviceAccount}`) }, pod: { name: `${serviceAccount}-0`, uid: uuidOf(`pod ${namespace}/${serviceAccount}`) } },
    }),
  },
  plain: { issuer: undefined, lifetimeSeconds: 3600, notBeforeSeconds: undefined, audience: asItIs, claims: ({ subject }) => ({ sub: subject }) },
};

export interface TokenSettings {
  readonly issuer: string | undefined;
  readonly audience: string;
  readonly lifetimeSeconds: number | undefined;
  /** Claims beside those of the shape, or in their place. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** All that the token claims; undefined where neither the wish nor its shape has an issuer. */
export function tokenClaims(wish: TokenWish, settings: TokenSettings, moment: Moment): Readonly<Record<string, unknown>> | undefined {
  // The row is that of the wish's own shape.
  const shape = tokenShapes[wish.shape] as TokenShape<TokenWish>;
  const iss = settings.issuer ?? shape.issuer;
  if (iss === undefined) return undefined;
  const { nowSeconds } = moment;
  return {
    ...shape.claims(wish, moment),
    iss, aud: shape.audience(settings.audience), iat: nowSeconds,
    ...(shape.notBeforeSeconds !== undefined && { nbf: nowSeconds - shape.notBeforeSeconds }),
    exp: nowSeconds + (settings.lifetimeSeconds ?? shape.lifetimeSeconds),
    ...settings.claims,
  };
}

const refTypeOf = (ref: string): 'tag' | 'branch' => (ref.startsWith('refs/tags/') ? 'tag' : 'branch');

// Ids that are the same whenever the same thing is named, so that a trust policy can be written for them.
const digestOf = (name: string): string => hash('sha256', name);
const numberOf = (name: string): string => String(parseInt(digestOf(name).slice(0, 7), 16));
const shaOf = (name: string): string => digestOf(name).slice(0, 40);
const uuidOf = (name: string): string => digestOf(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
