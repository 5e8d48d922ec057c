/** What the claims of an ID token say to policies and to the session: condition keys, session tags, source identity. Source: "IAM and AWS STS condition context keys", "Pass session tags in AWS STS" (IAM User Guide). */
import type { IdTokenClaims } from './id-token.ts';
import { TokenRefused } from './id-token.ts';

/** Values of condition keys by their names as AWS writes them, the provider before the colon. */
export type ProviderKeys = Readonly<Record<string, string | readonly string[]>>;

export interface ProvidedClaims {
  readonly keys: ProviderKeys;
  /** Those of them that later requests of the session still have. */
  readonly lastingKeys: ProviderKeys;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  /** The only roles that the token is for; undefined where it does not say. */
  readonly roles: readonly string[] | undefined;
}

const ofGitHub = ['actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id', 'repository_owner_id', 'workflow'];
const ofBuildkite = ['build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug'];

/** Claims beside the common ones that AWS makes into condition keys, by the issuer. Source: the condition keys of AssumeRoleWithWebIdentity (Service Authorization Reference). */
const furtherClaims: readonly (readonly [issuer: RegExp, claims: readonly string[]])[] = [
  [/^token\.actions\.(?:githubusercontent\.com(?:\/[^/]+)?|[^./]+\.ghe\.com)$/, ofGitHub],
  [/^github\.com\/enterprises\/[^/]+$/, ofGitHub],
  [/^gitlab\.com$/, ['namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment', 'user_access_level', 'user_email', 'user_id', 'user_login']],
  [/^agent\.(?:buildkite\.com|[^./]+\.buildkite\.(?:dev|site))$/, ofBuildkite],
  [/^oidc\.circleci\.com\/org\/[^/]+$/, ['oidc.circleci.com/project-id']],
  [/^idcs-[^./]+\.identity\.oraclecloud\.com$/, ['rpst_id']],
  [/^accounts\.google\.com$/, ['google/organization_number']],
];

const commonClaims = ['sub', 'amr', 'email'];
/** Source: "Available keys for AWS OIDC federation": the others are for the trust policy alone. */
const lastingClaims = ['aud', 'sub', 'amr'];

/** `provider` is the issuer without its scheme. Throws TokenRefused for tags that are not of the form AWS gives. */
export function providedClaims({ aud, all }: IdTokenClaims, provider: string): ProvidedClaims {
  const further = furtherClaims.flatMap(([issuer, claims]) => (issuer.test(provider) ? claims : []));
  const keys: Record<string, string | readonly string[]> = { [`${provider}:aud`]: aud.length === 1 ? aud[0]! : aud };
  for (const claim of [...commonClaims, ...further]) {
    const value = textOf(all[claim]);
    if (value !== undefined) keys[`${provider}:${claim}`] = value;
  }
  const original = textOf(all['aud']);
  if (provider === 'accounts.google.com' && original !== undefined) keys[`${provider}:oaud`] = original;
  return { keys, lastingKeys: pick(keys, lastingClaims.map((claim) => `${provider}:${claim}`)), ...tagsOf(all), sourceIdentity: sourceIdentityOf(all), roles: rolesOf(all) };
}

function pick(keys: ProviderKeys, names: readonly string[]): ProviderKeys {
  return Object.fromEntries(Object.entries(keys).filter(([name]) => names.includes(name)));
}

/** A claim that is text, a number or a list of texts; other claims are none to policies. */
function textOf(value: unknown): string | readonly string[] | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string') ? value : undefined;
}

const tagsClaim = 'https://aws.amazon.com/tags';
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity';

function tagsOf(all: IdTokenClaims['all']): Pick<ProvidedClaims, 'tags' | 'transitiveTagKeys'> {
  const claim = all[tagsClaim];
  if (claim === undefined) return { tags: {}, transitiveTagKeys: [] };
  if (!isObject(claim)) throw new TokenRefused('malformed');
  const { principal_tags: given = {}, transitive_tag_keys: transitive = [] } = claim;
  if (!isObject(given) || !Array.isArray(transitive) || !transitive.every((key) => typeof key === 'string')) throw new TokenRefused('malformed');
  const tags = Object.entries(given).map(([key, value]): [string, string] => {
    const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof one !== 'string') throw new TokenRefused('malformed');
    return [key, one];
  });
  return { tags: Object.fromEntries(tags), transitiveTagKeys: transitive };
}

const rolesClaim = 'https://aws.amazon.com/roles';

/** AWS: ARNs, one or several, each whole and without wildcards (tokens tried in public, July 2026). */
function rolesOf(all: IdTokenClaims['all']): readonly string[] | undefined {
  const claim = all[rolesClaim];
  if (claim === undefined) return undefined;
  const roles: unknown = typeof claim === 'string' ? [claim] : claim;
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string')) throw new TokenRefused('malformed');
  return roles;
}

function sourceIdentityOf(all: IdTokenClaims['all']): string | undefined {
  const claim = all[sourceIdentityClaim];
  if (claim === undefined) return undefined;
  // The rule of the parameter of the same meaning. Source: AssumeRole, SourceIdentity (STS API Reference).
  if (typeof claim !== 'string' || !/^[\w+=,.@-]{2,64}$/.test(claim)) throw new TokenRefused('malformed');
  return claim;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
