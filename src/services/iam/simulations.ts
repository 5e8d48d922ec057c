/** Simulating requests, with policies that are handed in or that hang on a user, group or role; and the condition keys that such policies ask for. */
import { setImmediate } from 'node:timers/promises';
import type { EvaluationResult, Iam, SimulatePolicyResponse } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { contextKeysOf, uniqueKeys } from '../../policy/context-keys.ts';
import type { AccountPrincipal, ContextValue } from '../../policy/types.ts';
import type { Operations, RunContext } from '../operation.ts';
import { membershipOf } from '../../store/organizations.ts';
import { maxItemsDefault, pageList, type PageRequest } from './paging.ts';
import { checkDocument, readCaller, readSimulation } from './simulation-input.ts';
import { getPolicySource, givenPolicies, readEntityArn, type PolicySource } from './simulation-sources.ts';
import { openSimulation, type Simulation } from './simulation.ts';

/** Actions times resources in one answer, and those times the statements that each looks at: an answer then holds fewer actions than MaxItems. A simulation takes time, and others wait. */
const evaluationsMax = 1_000;
const statementsLookedAtMax = 100_000;
/** What one action alone may take. */
const statementsOfActionMax = 1_000_000;

/** Simulations. They are read-only and see the account as it was when they were authorized. */
export const simulations = {
  SimulateCustomPolicy: {
    // AWS: SimulateCustomPolicy has no resource types (Service Authorization Reference).
    access: () => [{ resource: '*' }],
    async run(input, { account, authorizationReference, marker, error }) {
      const { actions, resources, context, owner, boundary, resourcePolicy } = readSimulation(input, error);
      for (const document of input.PolicyInputList) checkDocument(document, error);
      const caller = input.CallerArn === undefined ? undefined : readCaller(input.CallerArn, error);
      if (resourcePolicy && !caller) throw callerMissing(error);
      const principal = userPrincipal(caller?.arn ?? arn.user(account, '/', 'simulated'), caller?.account ?? account, 'AIDASIMULATED');
      const simulation = openSimulation({ identity: givenPolicies('PolicyInputList', input.PolicyInputList), boundary, resourcePolicy, principal, owner, resources, reference: authorizationReference, context: caller ? withCallerKeys(context, principal, caller.name) : context });
      return page(actions, resources?.length ?? 1, simulation, input, marker, error);
    },
  },

  SimulatePrincipalPolicy: {
    access: ({ PolicySourceArn }, { error }) => [entityAsk(PolicySourceArn, error)],
    async run(input, { account, partition, view, awsManagedPolicies, authorizationReference, marker, error }) {
      const { actions, resources, context, owner, boundary, resourcePolicy } = readSimulation(input, error);
      for (const document of input.PolicyInputList ?? []) checkDocument(document, error);
      const source = getPolicySource(input.PolicySourceArn, view, awsManagedPolicies, error);
      // The entity's policies as if they were the named caller's.
      const caller = input.CallerArn === undefined ? undefined : readCaller(input.CallerArn, error);
      if (resourcePolicy && !caller && source.kind !== 'user') throw callerMissing(error);
      const principal = caller ? userPrincipal(caller.arn, caller.account, 'AIDASIMULATED') : principalOf(source, account);
      const userName = caller?.name ?? (source.kind === 'user' ? source.name : undefined);
      const simulation = openSimulation({
        identity: [...source.policies, ...givenPolicies('PolicyInputList', input.PolicyInputList)],
        boundary: boundary ?? source.boundary,
        resourcePolicy, principal, owner, resources, reference: authorizationReference,
        // INVARIANT: an organization has no policies of its own yet. What serves organizations has to change this first.
        isAllowedByOrganization: membershipOf(partition, account) ? true : undefined,
        context: source.kind === 'group' && !caller ? context : withCallerKeys(context, principal, userName),
      });
      return page(actions, resources?.length ?? 1, simulation, input, marker, error);
    },
  },

  GetContextKeysForCustomPolicy: {
    // AWS: no resource types either.
    access: () => [{ resource: '*' }],
    run({ PolicyInputList }, { error }) {
      for (const document of PolicyInputList) checkDocument(document, error);
      return { ContextKeyNames: uniqueKeys(PolicyInputList.flatMap(contextKeysOf)) };
    },
  },

  GetContextKeysForPrincipalPolicy: {
    access: ({ PolicySourceArn }, { error }) => [entityAsk(PolicySourceArn, error)],
    run({ PolicySourceArn, PolicyInputList = [] }, { view, awsManagedPolicies, error }) {
      for (const document of PolicyInputList) checkDocument(document, error);
      const { policies } = getPolicySource(PolicySourceArn, view, awsManagedPolicies, error);
      return { ContextKeyNames: uniqueKeys([...policies.map(({ document }) => document), ...PolicyInputList].flatMap(contextKeysOf)) };
    },
  },
} satisfies Operations<Iam, 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy' | 'GetContextKeysForCustomPolicy' | 'GetContextKeysForPrincipalPolicy'>;

/** Asks for the entity by its ARN as it was given. */
function entityAsk(entityArn: string, error: Raise<'InvalidInput'>): Ask {
  return { resource: entityArn, resourceAccount: readEntityArn(entityArn, error).account };
}

/** GUESS: the words. The rule is the API Reference's: a Principal needs a caller to be held against. */
const callerMissing = (error: Raise<'InvalidInput'>): Error => error('InvalidInput', 'Invalid caller - Caller cannot be null or empty.');

const userPrincipal = (userArn: string, account: string, principalId: string): AccountPrincipal => ({ kind: 'user', account, arn: userArn, principalArn: userArn, principalId });

/** A role acts in sessions; a group never acts, and stands for some user in it. */
function principalOf({ kind, arn: entityArn, id, name }: PolicySource, account: string): AccountPrincipal {
  if (kind === 'role') return { kind, account, arn: arn.assumedRole(account, name, 'simulated'), principalArn: entityArn, principalId: id };
  return userPrincipal(kind === 'user' ? entityArn : arn.user(account, '/', 'simulated'), account, kind === 'user' ? id : 'AIDASIMULATED');
}

/** What naming the caller says about the request; what was given explicitly stays. */
function withCallerKeys(context: ReadonlyMap<string, ContextValue>, { kind, account, principalArn }: AccountPrincipal, userName: string | undefined): ReadonlyMap<string, ContextValue> {
  const known: readonly (readonly [string, ContextValue])[] = [
    ['aws:principalarn', principalArn],
    ['aws:principalaccount', account],
    ['aws:principaltype', kind === 'role' ? 'AssumedRole' : 'User'],
    ...(userName === undefined ? [] : [['aws:username', userName] as const]),
  ];
  return new Map([...known, ...context]);
}

/** A page of the actions' results. Other requests are served between two of them. */
async function page(actions: readonly string[], resources: number, { statements, simulate }: Simulation, request: PageRequest, marker: RunContext<never>['marker'], error: Raise<'InvalidInput'>): Promise<SimulatePolicyResponse> {
  if (resources * statements > statementsOfActionMax) throw error('InvalidInput', `Only ${statementsOfActionMax} statements times resources can be simulated at a time.`);
  const positioned = actions.map((action, index) => ({ action, position: String(index).padStart(9, '0') }));
  const most = Math.min(evaluationsMax / resources, statementsLookedAtMax / (resources * Math.max(1, statements)));
  const MaxItems = Math.min(request.MaxItems ?? maxItemsDefault, Math.max(1, Math.floor(most)));
  const { items, end } = pageList(positioned, ({ position }) => position, { ...request, MaxItems }, marker);
  const EvaluationResults: EvaluationResult[] = [];
  for (const { action } of items) {
    EvaluationResults.push(simulate(action));
    await setImmediate();
  }
  return { EvaluationResults, ...end };
}
