/** What the policies of a device's certificate say. They have the form of identity policies, and are the only ones that count for it. Source: "AWS IoT Core policies" (AWS IoT Developer Guide). */
import { compilePolicy } from '../policy/compile.ts';
import { preparePolicies } from '../policy/prepare.ts';
import type { AppliedPolicy, CompiledPolicy, ContextValue } from '../policy/types.ts';
import type { DevicePolicyVersionDoc } from '../store/iot-docs.ts';
import type { AccountView } from '../store/store.ts';
import { pairKey } from '../store/tables.ts';
import { Denied } from './denial.ts';

export interface DeviceQuestion {
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly action: string;
  readonly resource: string;
  /** Its condition keys; one that is undefined is absent. */
  readonly keys: Readonly<Record<string, ContextValue | undefined>>;
}

/** Compiled once for each version, which never changes. */
const compiledVersions = new WeakMap<DevicePolicyVersionDoc, CompiledPolicy>();

/** Throws Denied unless the policies of the certificate, each in its default version, allow it. */
export function authorizeDevice({ certificateId, certificateArn, action, resource, keys }: DeviceQuestion, view: AccountView): void {
  const identity = policiesOf(certificateId, view);
  const context: Record<string, ContextValue> = {};
  for (const [key, value] of Object.entries(keys)) if (value !== undefined) context[key.toLowerCase()] = value;
  const request = {
    action, resource, resourceAccount: view.account, context: { get: (key: string) => (Object.hasOwn(context, key) ? context[key] : undefined) },
    // No user of IAM is called so: a certificate is a principal of its own.
    principal: { kind: 'user' as const, account: view.account, arn: certificateArn, principalArn: certificateArn, principalId: certificateId },
  };
  const policies = { identity };
  const decision = preparePolicies(policies).decide(request);
  if (decision.outcome !== 'allowed') throw new Denied(`Device: ${certificateArn} is not authorized to perform: ${action} on resource: ${resource}`, { request, context, policies, decision, revision: view.revision, isAllowNeeded: true });
}

function policiesOf(certificateId: string, view: AccountView): readonly AppliedPolicy[] {
  return view.devicePolicyAttachments.listBy('certificate', certificateId).flatMap(({ PolicyId }) => {
    const policy = view.devicePolicies.find(PolicyId);
    const version = policy && view.devicePolicyVersions.find(pairKey(PolicyId, policy.DefaultVersionId));
    return policy && version ? [{ compiled: compiledOf(version), arn: undefined, name: policy.PolicyName }] : [];
  });
}

function compiledOf(version: DevicePolicyVersionDoc): CompiledPolicy {
  let compiled = compiledVersions.get(version);
  if (!compiled) compiledVersions.set(version, (compiled = compilePolicy(version.Document, 'identity')));
  return compiled;
}
