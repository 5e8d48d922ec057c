/** Token issuers that many organizations share: a trust policy must ask for the claim that tells them apart, or anyone's token would do. Source: "Identity-provider controls for shared OIDC providers" (IAM User Guide). */

/** The condition key that a trust policy must ask for; of a claim, without the issuer in front. */
const claimsOf = {
  sub: ['agent.buildkite.com', 'app.terraform.io', 'gitlab.com', 'oidc.codefresh.io', 'oidc-configuration.audit-log.githubusercontent.com', 'proidc.upbound.io', 'scalr.io', 'studio.datachain.ai/api', 'token.actions.githubusercontent.com', 'tokens.cloud.shisho.dev', 'vstoken.actions.githubusercontent.com', 'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb'],
  aud: ['api.pulumi.com/oidc', 'oidc.vercel.com', 'sandboxes.cloud'],
  'sts:RoleSessionName': ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'],
} as const;

const keys: ReadonlyMap<string, string> = new Map(Object.entries(claimsOf).flatMap(([claim, issuers]) => issuers.map((issuer) => [issuer, claim.includes(':') ? claim : `${issuer}:${claim}`] as const)));

interface Asked { readonly operator: string; readonly key: string; readonly values: readonly string[] }

/** Operators that hold for some values only. */
const positive = /^(?:ForAllValues:|ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)(?:IfExists)?$/i;

/** The key that a statement which trusts this provider lacks; undefined where it asks for what it must. `provider` is the ARN of an OpenID Connect provider. */
export function missingControl(provider: string, conditions: readonly Asked[]): string | undefined {
  const issuer = /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/(.+)$/.exec(provider)?.[1];
  const key = issuer === undefined ? undefined : keys.get(issuer.replace(/\/$/, '').toLowerCase());
  if (key === undefined) return undefined;
  // A value of nothing but wildcards tells nobody apart.
  const isControlled = conditions.some((asked) => asked.key.toLowerCase() === key.toLowerCase() && positive.test(asked.operator) && asked.values.length > 0 && asked.values.every((value) => !/^[*?]*$/.test(value)));
  return isControlled ? undefined : key;
}
