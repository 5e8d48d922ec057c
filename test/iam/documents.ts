/** Policy documents that whole-server tests of IAM upload. */

interface Statement { readonly Effect: 'Allow' | 'Deny'; readonly Action: string | readonly string[]; readonly Resource: string | readonly string[]; readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>> }

/** An identity policy of the given statements. */
export const policyOf = (...Statement: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

/** An identity policy that allows the actions on every resource. */
export const allowing = (...Action: readonly string[]): string => policyOf({ Effect: 'Allow', Action, Resource: '*' });

/** A trust policy for the principals of one element. */
export const trusting = (element: 'AWS' | 'Service' | 'Federated', principals: string | readonly string[], Action = 'sts:AssumeRole'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { [element]: principals }, Action }] });

/** An identity policy of exactly `size` characters that count. */
export function policyOfSize(size: number): string {
  const short = policyOf({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
  return short.replace('iam:GetUser', `iam:GetUser${'x'.repeat(size - short.length)}`);
}
