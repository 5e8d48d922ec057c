/** Asks SimulateCustomPolicy what a case asks, over the wire with the SDK, where the operation can express it. */
import { SimulateCustomPolicyCommand, type ContextEntry } from '@aws-sdk/client-iam';
import { validatePolicy } from '../../src/policy/validate/validate.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { textOf, type Answer, type Question } from './written-policies.ts';

let gatehouse: TestGatehouse | undefined;

export const simulation = {
  name: 'SimulateCustomPolicy',

  async start(): Promise<void> {
    gatehouse = await startGatehouse();
  },

  async stop(): Promise<void> {
    await gatehouse?.stop();
  },

  /** The operation takes identity policies, a boundary, and a context of an unnamed user of its own account. */
  skips({ policies: { identity = [], boundary, ...others }, request: { principal, resourceAccount, context } }: Question): string | undefined {
    if (principal.kind !== 'user' || principal.account !== resourceAccount || Object.values(others).some((policy) => policy !== undefined)) return 'it takes a user, its policies and a boundary';
    if (identity.length === 0) return 'it needs a policy';
    if (Object.values(context).some((value) => value.length === 0)) return 'a context entry needs a value';
    const isRefused = [...identity, ...(boundary === undefined ? [] : [boundary])].some((policy) => validatePolicy(textOf(policy), 'identity').some(({ message }) => !isAboutVersion(message)));
    return isRefused ? 'it refuses what no upload accepts' : undefined;
  },

  async ask({ policies: { identity = [], boundary }, request: { action, resource, context } }: Question): Promise<Pick<Answer, 'outcome'>> {
    const { EvaluationResults: [result] = [] } = await gatehouse!.iam().send(new SimulateCustomPolicyCommand({
      PolicyInputList: identity.map(textOf),
      ...(boundary !== undefined && { PermissionsBoundaryPolicyInputList: [textOf(boundary)] }),
      ActionNames: [action],
      ResourceArns: [resource],
      ContextEntries: Object.entries(context).map(([key, value]): ContextEntry => ({ ContextKeyName: key, ContextKeyType: typeof value === 'string' ? 'string' : 'stringList', ContextKeyValues: typeof value === 'string' ? [value] : [...value] })),
    }));
    const outcome = result?.EvalDecision;
    if (outcome === undefined) throw new Error('no result');
    return { outcome };
  },
};

/** Policies of 2008 can no longer be stored, but still be simulated. */
const isAboutVersion = (message: string): boolean => message === 'Policy document must be version 2012-10-17 or greater.';
