/** What policies have denied in the caller's account, and why. */
import type { AuthorizationDenial, Gatehouse } from '../../../models/gatehouse.ts';
import type { Ask } from '../../authz/ask.ts';
import type { KeptDenial } from '../../authz/denials.ts';
import { explainDenial } from '../../authz/explain-denial.ts';
import { shownPrincipal } from '../../policy/explain/statement.ts';
import type { AccessContext, Operations } from '../operation.ts';

/** The number of denials when MaxItems is not given. */
const maxItemsDefault = 20;

/** Reading denials. What another account was denied is not told to exist. */
export const denials = {
  GetAuthorizationExplanation: {
    access: ({ AuthorizationId }, context) => explanationAsks(AuthorizationId, context.account, context.denials.find(context.account, AuthorizationId)),
    run({ AuthorizationId }, context) {
      const denial = context.denials.find(context.account, AuthorizationId);
      if (!denial) throw context.error('NoSuchAuthorization', `There is no denial ${AuthorizationId}, or it is no longer kept.`);
      const { explanation, text } = explainDenial(denial);
      return { Denial: shownDenial(denial, context), Explanation: text, Details: JSON.stringify(explanation) };
    },
  },

  ListAuthorizationDenials: {
    access: (_input, { account }) => [{ resource: `arn:aws:gatehouse::${account}:authorization/*` }],
    run({ MaxItems = maxItemsDefault, Marker }, context) {
      const before = Marker === undefined ? undefined : context.marker.open(Marker);
      const found = context.denials.list(context.account, { limit: MaxItems + 1, before });
      const page = found.slice(0, MaxItems);
      const IsTruncated = found.length > page.length;
      return { Denials: page.map((denial) => shownDenial(denial, context)), IsTruncated, ...(IsTruncated && { Marker: context.marker.seal(page.at(-1)!.id) }) };
    },
  },
} satisfies Operations<Gatehouse, 'GetAuthorizationExplanation' | 'ListAuthorizationDenials'>;

/**
 * An explanation shows what a simulation of the denied user or role shows, so that is asked for too: who may do everything but IAM (PowerUserAccess)
 * does not read policies here. Whose denial it is can be a condition: `"StringEquals": {"gatehouse:DeniedPrincipalArn": "${aws:PrincipalArn}"}`.
 */
function explanationAsks(id: string, account: string, denial: KeptDenial | undefined): [Ask, Ask] {
  const principal = denial?.request.principal;
  const principalArn = principal && 'principalArn' in principal ? principal.principalArn : undefined;
  const resource = `arn:aws:gatehouse::${account}:authorization/${id}`;
  return [
    { resource, context: { 'gatehouse:DeniedPrincipalArn': principalArn } },
    // Shown as the first, so that a refusal does not tell whose denial it is, or that there is one.
    { action: 'iam:SimulatePrincipalPolicy', resource: principalArn ?? '*', shownAs: resource },
  ];
}

/** Which kind of policy of another account decided is for that account to know. */
const otherSide: ReadonlySet<string> = new Set(['resource', 'trust', 'rcp']);

function shownDenial({ id, at, occasion, request, decision, isOtherSideHidden }: KeptDenial, { account, denials: kept }: Pick<AccessContext<never>, 'account' | 'denials'>): AuthorizationDenial {
  const isHidden = isOtherSideHidden && decision.layer !== undefined && otherSide.has(decision.layer);
  return {
    AuthorizationId: id,
    RequestId: occasion.requestId,
    Time: at,
    Principal: shownPrincipal(request.principal),
    Operation: occasion.operation,
    Action: request.action,
    Resource: request.resource,
    // INVARIANT: only denials are recorded.
    Decision: isHidden || decision.outcome === 'allowed' ? 'implicitDeny' : decision.outcome,
    PolicyType: isHidden ? undefined : decision.layer,
    Message: occasion.message,
    EncodedMessage: kept.encode(account, id),
  };
}
