/** Asks AWS's own simulator operations: of an entity's policies, or of one in hand. */
import { GetContextKeysForCustomPolicyCommand, GetContextKeysForPrincipalPolicyCommand, SimulateCustomPolicyCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { ContextEntry, EvaluationResult, IAMClient } from '@aws-sdk/client-iam';

export interface Simulated {
  /** The ARN of a user, group or role; or else a policy in hand. */
  readonly principal?: string;
  readonly policy?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly entries: readonly ContextEntry[];
  /** Empty for none. */
  readonly resourcePolicy: string;
  readonly caller: string;
}

/** The results of all pages. */
export async function simulate(iam: IAMClient, { principal, policy = '', actions, resources, entries, resourcePolicy, caller }: Simulated): Promise<readonly EvaluationResult[]> {
  const asked = {
    ActionNames: [...actions], ResourceArns: resources.length === 0 ? ['*'] : [...resources], ContextEntries: [...entries],
    ...(resourcePolicy !== '' && { ResourcePolicy: resourcePolicy }), ...(caller !== '' && { CallerArn: caller }),
  };
  const results: EvaluationResult[] = [];
  for (let Marker: string | undefined; ;) {
    const page = await (principal === undefined ? iam.send(new SimulateCustomPolicyCommand({ ...asked, PolicyInputList: [policy], Marker })) : iam.send(new SimulatePrincipalPolicyCommand({ ...asked, PolicySourceArn: principal, Marker })));
    results.push(...(page.EvaluationResults ?? []));
    if (page.IsTruncated !== true) return results;
    Marker = page.Marker;
  }
}

/** The condition keys that the policies look at. */
export async function findKeys(iam: IAMClient, { principal, policy = '', resourcePolicy }: Simulated): Promise<readonly string[]> {
  const more = resourcePolicy === '' ? [] : [resourcePolicy];
  const { ContextKeyNames = [] } = await (principal === undefined ? iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [policy, ...more] })) : iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: principal, ...(more.length > 0 && { PolicyInputList: more }) })));
  return ContextKeyNames;
}
