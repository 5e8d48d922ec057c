/** What a token of GetWebIdentityToken says of its caller beside the standard claims. Source: "Understanding token claims" (IAM User Guide). */
import type { IdentifiedCaller } from '../../base/caller.ts';
import { isoSeconds } from '../../base/clock.ts';
import { membershipOf } from '../../store/organizations.ts';
import type { AccountView, PartitionView } from '../../store/store.ts';
import type { TagDoc } from '../../store/tables.ts';

type Tags = Readonly<Record<string, string>>;

/** The claims under AWS's own namespace, those left out that do not apply. */
export function callerClaims(caller: IdentifiedCaller, { view, partition, region }: { readonly view: AccountView; readonly partition: PartitionView; readonly region: string }, requestTags: Tags): object {
  const { session } = caller;
  const membership = membershipOf(partition, caller.account);
  const principalTags = mergedTags(taggedPrincipal(caller, view), session?.tags ?? {});
  return {
    aws_account: caller.account,
    source_region: region,
    // AWS: the path stands in a list in tokens seen in public, 2026.
    ...(membership && { org_id: membership.organization.OrganizationId, ou_path: [membership.path] }),
    // AWS: not in the page's table; in tokens seen in public, 2026, the ARN of `sub` again.
    principal_id: caller.principalArn,
    ...(caller.kind === 'role' && { original_session_exp: isoSeconds(caller.session.expiresAt) }),
    ...(session?.federatedProvider !== undefined && { federated_provider: session.federatedProvider }),
    ...(session?.sourceIdentity !== undefined && { source_identity: session.sourceIdentity }),
    ...(Object.keys(principalTags).length > 0 && { principal_tags: principalTags }),
    ...(Object.keys(requestTags).length > 0 && { request_tags: requestTags }),
  };
}

function taggedPrincipal({ kind, principalId }: IdentifiedCaller, view: AccountView): readonly TagDoc[] {
  if (kind === 'role') return view.roles.find(principalId)?.Tags ?? [];
  return kind === 'user' ? view.users.find(principalId)?.Tags ?? [] : [];
}

/** A tag of the session stands in the place of the principal's own of that key, letter case apart, as for `aws:PrincipalTag`. */
function mergedTags(own: readonly TagDoc[], ofSession: Tags): Tags {
  const set = new Set(Object.keys(ofSession).map((key) => key.toLowerCase()));
  return Object.fromEntries([...own.filter(({ Key }) => !set.has(Key.toLowerCase())).map(({ Key, Value }) => [Key, Value]), ...Object.entries(ofSession)]);
}
