/** What a simulation is asked, checked: actions, resources, context, caller, owner and the policies handed in. Source: SimulateCustomPolicy, SimulatePrincipalPolicy (IAM API Reference). */
import type { ContextEntry, SimulateCustomPolicyRequest } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { readDocument } from '../../policy/document.ts';
import { JsonError } from '../../policy/json.ts';
import { parseDate, parseNumber } from '../../policy/typed-values.ts';
import { parseIpRange } from '../../policy/ip-address.ts';
import type { ContextValue } from '../../policy/types.ts';
import { readEntityArn, type SourcePolicy } from './simulation-sources.ts';

type Invalid = Raise<'InvalidInput'>;
type SimulationInput = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'>;

/** As many resources as one answer may hold results for. */
export const simulatedResourcesMax = 1_000;

export interface Simulated {
  readonly actions: readonly string[];
  /** Undefined where none was given, which stands for `*`. */
  readonly resources: readonly string[] | undefined;
  readonly context: ReadonlyMap<string, ContextValue>;
  /** The account that ResourceOwner names. */
  readonly owner: string | undefined;
  readonly boundary: SourcePolicy | undefined;
  readonly resourcePolicy: SourcePolicy | undefined;
}

/** Checks all that both simulations take, in the order of this list. */
export function readSimulation(input: SimulationInput, error: Invalid): Simulated {
  const { ActionNames, ResourceArns, ContextEntries, ResourceOwner, PermissionsBoundaryPolicyInputList, ResourcePolicy, ResourceHandlingOption } = input;
  // The API Reference: "This operation does not support using wildcards (*) in an action name." GUESS: the words.
  for (const action of ActionNames) if (/[*?\s]/.test(action)) throw error('InvalidInput', `Invalid Action Name: ${action}`);
  const resources = readResources(ResourceArns, error);
  if (ResourceHandlingOption !== undefined) checkHandling(ResourceHandlingOption, resources ?? [], error);
  // GUESS: the words. The rule is the API Reference's.
  if ((PermissionsBoundaryPolicyInputList?.length ?? 0) > 1) throw error('InvalidInput', 'Only one permissions boundary can be simulated at a time.');
  const [boundary] = PermissionsBoundaryPolicyInputList ?? [];
  if (boundary !== undefined) checkDocument(boundary, error);
  if (ResourcePolicy !== undefined) checkDocument(ResourcePolicy, error);
  return {
    actions: ActionNames,
    resources,
    context: readContext(ContextEntries ?? [], error),
    owner: ResourceOwner === undefined ? undefined : readOwner(ResourceOwner, error),
    boundary: boundary === undefined ? undefined : { id: 'PermissionsBoundaryPolicyInputList.1', document: boundary },
    resourcePolicy: ResourcePolicy === undefined ? undefined : { id: 'ResourcePolicy', document: ResourcePolicy },
  };
}

/** Raises when a document could not be evaluated. Of a document of 2008, which can no longer be stored, the effect can still be simulated. */
export function checkDocument(document: string, error: Invalid): void {
  // GUESS: the same words as where a policy is stored.
  const broken = (): Error => error('InvalidInput', 'Syntax errors in policy.');
  try {
    const { problems, statements, hasStatement } = readDocument(document);
    if (problems.length > 0 || !hasStatement || statements.length === 0 || statements.some((statement) => statement.problems.length > 0 || (statement.effect !== 'Allow' && statement.effect !== 'Deny'))) throw broken();
  } catch (thrown) {
    if (thrown instanceof JsonError) throw broken();
    throw thrown;
  }
}

function readResources(resources: readonly string[] | undefined, error: Invalid): readonly string[] | undefined {
  if (!resources || resources.length === 0) return undefined;
  if (resources.length > simulatedResourcesMax) throw error('InvalidInput', `Only ${simulatedResourcesMax} resources can be simulated at a time.`);
  for (const resource of resources) {
    // AWS: recorded of SimulatePrincipalPolicy, 2021.
    if (resource !== '*' && !(arn.parse(resource)?.resource)) throw error('InvalidInput', `ResourceNames are not in a valid ARN format: ${resource}.`);
  }
  return resources.length === 1 && resources[0] === '*' ? undefined : resources;
}

/** AWS: recorded of SimulatePrincipalPolicy, 2017; the form is the API Reference's. */
function readOwner(text: string, error: Invalid): string {
  const parsed = arn.parse(text);
  if (parsed?.service !== 'iam' || parsed.resource !== 'root' || !/^\d{12}$/.test(parsed.account)) throw error('InvalidInput', `'${text}' is not a valid as a Resource Owner.`);
  return parsed.account;
}

/** The simulated caller: only a user may be named. */
export function readCaller(text: string, error: Invalid): { readonly arn: string; readonly account: string; readonly name: string } {
  const { kind, account, name } = readEntityArn(text, error);
  // GUESS: the words. The API Reference: "You can specify only the ARN of an IAM user."
  if (kind !== 'user') throw error('InvalidInput', `Invalid Entity Arn: ${text} must be the ARN of a user.`);
  return { arn: text, account, name };
}

/** Kind of value → whether a text is one. */
const isOfType: Readonly<Record<string, (text: string) => boolean>> = {
  string: () => true,
  numeric: (text) => parseNumber(text) !== undefined,
  boolean: (text) => /^(?:true|false)$/i.test(text),
  ip: (text) => parseIpRange(text) !== undefined,
  binary: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  date: (text) => parseDate(text) !== undefined,
};

function readContext(entries: readonly ContextEntry[], error: Invalid): ReadonlyMap<string, ContextValue> {
  const context = new Map<string, ContextValue>();
  for (const { ContextKeyName, ContextKeyValues = [], ContextKeyType = 'string' } of entries) {
    if (ContextKeyName === undefined) throw error('InvalidInput', 'A context entry needs a ContextKeyName.');
    const isList = ContextKeyType.endsWith('List');
    const isValid = isOfType[isList ? ContextKeyType.slice(0, -'List'.length) : ContextKeyType]!;
    // GUESS: the words of these two.
    const wrong = ContextKeyValues.find((value) => !isValid(value));
    if (wrong !== undefined) throw error('InvalidInput', `Invalid value for context key ${ContextKeyName}: ${wrong} is not of the type ${ContextKeyType}.`);
    if (!isList && ContextKeyValues.length > 1) throw error('InvalidInput', `Context key ${ContextKeyName} has several values, but its type ${ContextKeyType} is that of one.`);
    const value = isList ? ContextKeyValues : ContextKeyValues[0];
    if (value !== undefined) context.set(ContextKeyName.toLowerCase(), value);
  }
  return context;
}

/** Scenario of launching an instance → the types of resources that must be among those simulated. Source: ResourceHandlingOption (IAM API Reference). */
const scenarios: Readonly<Record<string, readonly string[]>> = {
  'EC2-Classic-InstanceStore': ['instance', 'image', 'security-group'],
  'EC2-Classic-EBS': ['instance', 'image', 'security-group', 'volume'],
  'EC2-VPC-InstanceStore': ['instance', 'image', 'security-group', 'network-interface'],
  'EC2-VPC-InstanceStore-Subnet': ['instance', 'image', 'security-group', 'network-interface', 'subnet'],
  'EC2-VPC-EBS': ['instance', 'image', 'security-group', 'network-interface', 'volume'],
  'EC2-VPC-EBS-Subnet': ['instance', 'image', 'security-group', 'network-interface', 'subnet', 'volume'],
};

function checkHandling(option: string, resources: readonly string[], error: Invalid): void {
  const needed = Object.hasOwn(scenarios, option) ? scenarios[option]! : undefined;
  // GUESS: the words of both.
  if (!needed) throw error('InvalidInput', `Invalid Resource Handling Option: ${option}`);
  const given = new Set(resources.map((resource) => arn.parse(resource)).flatMap((parsed) => (parsed?.service === 'ec2' ? [parsed.resource.split('/')[0]!] : [])));
  const missing = needed.filter((type) => !given.has(type));
  if (missing.length > 0) throw error('InvalidInput', `The Resource Handling Option ${option} needs resources of the types ${missing.join(', ')}.`);
}
