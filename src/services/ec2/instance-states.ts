/** Instances started, stopped, rebooted and terminated: all of those that are named, or none. Source: "Instance lifecycle" (EC2 User Guide). */
import type { Ec2, InstanceStateChange } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { Operations, RunContext } from '../operation.ts';
import { instanceAsk } from './access.ts';
import { instanceTypes } from './instance-types.ts';
import { ec2Limits } from './limits.ts';
import { checkInstanceIds, findInstance, getInstances, instancesOf } from './lookup.ts';
import type { Place, RaiseEc2 } from './lookup.ts';
import type { MachineIntent, MachineVerb } from './machine-transitions.ts';
import { forgetTerminated } from './run-instances.ts';
import { shownState } from './shown-instance.ts';

type Context = RunContext<never> & { readonly error: RaiseEc2 };
type Verb = Exclude<MachineVerb, 'launch'>;

/** From which states a verb leads out, in which it has nothing to do, and what else speaks against it. In any other state the instance cannot be told. */
const transitions: Record<Verb, { readonly from: readonly InstanceDoc['State'][]; readonly done: readonly InstanceDoc['State'][]; readonly participle: string; readonly forbidden?: (instance: InstanceDoc) => string | undefined }> = {
  start: { from: ['stopped'], done: ['pending', 'running'], participle: 'started' },
  stop: { from: ['running'], done: ['stopping', 'stopped'], participle: 'stopped', forbidden: ({ DisableApiStop }) => (DisableApiStop ? 'disableApiStop' : undefined) },
  terminate: { from: ['pending', 'running', 'stopping', 'stopped'], done: ['shutting-down', 'terminated'], participle: 'terminated', forbidden: ({ DisableApiTermination }) => (DisableApiTermination ? 'disableApiTermination' : undefined) },
};

export const instanceStates = {
  StartInstances: {
    access: asksForEach,
    run: async ({ InstanceIds }, context) => ({ StartingInstances: await transit(context, 'start', InstanceIds) }),
  },

  StopInstances: {
    access: asksForEach,
    run: async ({ InstanceIds, Hibernate = false, Force = false, SkipOsShutdown = false }, context) => {
      if (Hibernate) throw context.error('Unsupported', 'Instances here cannot hibernate.');
      return { StoppingInstances: await transit(context, 'stop', InstanceIds, Force || SkipOsShutdown) };
    },
  },

  TerminateInstances: {
    access: asksForEach,
    run: async ({ InstanceIds, Force = false, SkipOsShutdown = false }, context) => ({ TerminatingInstances: await transit(context, 'terminate', InstanceIds, Force || SkipOsShutdown) }),
  },

  RebootInstances: {
    access: asksForEach,
    async run({ InstanceIds }, context) {
      await refuseElsewhere(context);
      const instances = getInstances(context, InstanceIds);
      const other = instances.find(({ State }) => State !== 'running');
      if (other) throw context.error('IncorrectInstanceState', `The instance '${other.InstanceId}' is not in a state from which it can be rebooted.`);
      for (const instance of instances) context.machines.reboot(context.account, instance);
    },
  },
} satisfies Operations<Ec2, 'StartInstances' | 'StopInstances' | 'TerminateInstances' | 'RebootInstances'>;

function asksForEach({ InstanceIds }: { readonly InstanceIds: readonly string[] }, context: Place): readonly [Ask, ...Ask[]] {
  checkInstanceIds(InstanceIds, context.error);
  const [first, ...others] = [...new Set(InstanceIds)].map((id) => instanceAsk(context, id));
  if (!first) throw context.error('MissingParameter', 'The request must contain the parameter InstanceId');
  return [first, ...others];
}

async function transit(context: Context, verb: Verb, instanceIds: readonly string[], isForced = false): Promise<readonly InstanceStateChange[]> {
  const { account, region, view, now, machines, error } = context;
  await refuseElsewhere(context);
  const intents = new Map([...new Set(instanceIds)].flatMap((id): readonly (readonly [string, MachineIntent])[] => {
    const instance = findInstance(view, region, id, now);
    return instance ? [[id, machines.plan(account, verb, instance, isForced)]] : [];
  }));
  const { changes, begun } = await context.write((draft) => {
    const begun: MachineIntent[] = [];
    const changes = getInstances({ ...context, view: draft }, instanceIds).map((instance): InstanceStateChange => {
      const { from, done, participle, forbidden } = transitions[verb];
      const change = (state: InstanceDoc['State']): InstanceStateChange => ({ InstanceId: instance.InstanceId, PreviousState: shownState(instance.State), CurrentState: shownState(state) });
      const attribute = forbidden?.(instance);
      if (attribute !== undefined && !done.includes(instance.State)) throw error('OperationNotPermitted', `The instance '${instance.InstanceId}' may not be ${participle}. Modify its '${attribute}' instance attribute and try again.`);
      if (done.includes(instance.State)) return change(instance.State);
      const intent = intents.get(instance.InstanceId);
      // One that came into being since is none that was meant.
      if (!from.includes(instance.State) || !intent) throw error('IncorrectInstanceState', `The instance '${instance.InstanceId}' is not in a state from which it can be ${participle}.`);
      begun.push(intent);
      return change(machines.begin(draft, intent, instance, verb === 'start' ? started(now) : endedByUser(now)).State);
    });
    if (verb === 'start') claimVcpus({ ...context, view: draft });
    if (verb === 'terminate') forgetTerminated(draft, region, now);
    return { changes, begun };
  });
  for (const intent of begun) machines.proceed(intent, { by: context.caller.arn, requestId: context.requestId, action: `ec2:${verb[0]!.toUpperCase()}${verb.slice(1)}Instances` });
  return changes;
}

/** What only one process does is not promised by another. */
export async function refuseElsewhere({ machines, error }: Pick<Context, 'machines' | 'error'>): Promise<void> {
  const elsewhere = await machines.elsewhere();
  if (elsewhere !== undefined) throw error('Unsupported', `This process tells instances nothing: ${elsewhere}.`);
}

const started = (now: number): Partial<InstanceDoc> => ({ LaunchTime: now, StateReason: undefined, StateTransitionReason: '' });

/** Source: "Instance lifecycle"; what AWS shows of an instance that was stopped or terminated by request. */
const endedByUser = (now: number): Partial<InstanceDoc> => ({
  StateReason: { Code: 'Client.UserInitiatedShutdown', Message: 'Client.UserInitiatedShutdown: User initiated shutdown' },
  StateTransitionReason: `User initiated (${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} GMT)`,
});

function claimVcpus({ view, region, now, error }: Place): void {
  const running = instancesOf(view, region, now).filter(({ State }) => State === 'running' || State === 'pending').reduce((sum, { InstanceType }) => sum + (instanceTypes.get(InstanceType)?.vcpus ?? 0), 0);
  if (running > ec2Limits.runningVcpusMax) throw error('InstanceLimitExceeded', `The instances that run would have more vCPUs than your current limit of ${ec2Limits.runningVcpusMax}.`);
}
