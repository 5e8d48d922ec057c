/** Log groups and streams as operations name them, and what they ask permission for. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { LogGroupDoc, LogStreamDoc } from '../../store/log-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext } from '../operation.ts';
import type { StreamPlace } from './events/event-log.ts';

type Here = Pick<AccessContext<never>, 'view' | 'account' | 'region'>;
type Named = Pick<AccessContext<'InvalidParameterException'>, 'account' | 'region'> & { readonly error: Raise<'InvalidParameterException'> };

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`. Source: "Actions, resources, and condition keys for Amazon CloudWatch Logs", as the others here. */
export const groupArn = (account: string, region: string, group: string): string => `arn:${arn.partition}:logs:${region}:${account}:log-group:${group}`;
export const streamArn = (account: string, region: string, group: string, stream: string): string => `${groupArn(account, region, group)}:log-stream:${stream}`;

export function findGroup(view: AccountView, region: string, name: string): LogGroupDoc | undefined {
  return view.logGroups.findBy('name', pairKey(region, name));
}

export function getGroup(view: AccountView, region: string, name: string, error: Raise<'ResourceNotFoundException'>): LogGroupDoc {
  const group = findGroup(view, region, name);
  if (!group) throw error('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

export function getStream(view: AccountView, { LogGroupId }: LogGroupDoc, name: string, error: Raise<'ResourceNotFoundException'>): LogStreamDoc {
  const stream = view.logStreams.findBy('name', pairKey(LogGroupId, name));
  if (!stream) throw streamAbsent(error);
  return stream;
}

export const streamAbsent = (error: Raise<'ResourceNotFoundException'>): Error => error('ResourceNotFoundException', 'The specified log stream does not exist.');

export const placeOf = (account: string, { LogGroupId, LogStreamId }: LogStreamDoc): StreamPlace => ({ account, groupId: LogGroupId, streamId: LogStreamId });

/**
 * Asks for a group. AWS: what is asked for is `…:log-group:NAME:log-stream:`, so that a policy names the group with `:*` behind it (denials seen in public, 2020–2026). Source: "CloudWatch Logs resources
 * and operations": the ARN with `:*` is for all actions but those of tags.
 */
export const groupAsk = (here: Here, group: string, context: Ask['context'] = {}): Ask => asked(here, group, `${groupArn(here.account, here.region, group)}:log-stream:`, context);

/** Asks for a group by its own ARN, as what is done to tags does. */
export const taggedAsk = (here: Here, group: string, context: Ask['context'] = {}): Ask => asked(here, group, groupArn(here.account, here.region, group), context);

export const streamAsk = (here: Here, group: string, stream: string): Ask => asked(here, group, streamArn(here.account, here.region, group, stream), {});

/** A stream has its group's tags. */
function asked({ view, region }: Here, group: string, resource: string, context: Ask['context']): Ask {
  const tags = Object.entries(findGroup(view, region, group)?.Tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return { resource, context: { ...Object.fromEntries(tags), ...context } };
}

/** The group's name, of a parameter that takes a name or an ARN of the caller's own account in the region that is asked. */
export function nameOf(identifier: string, { account, region, error }: Named): string {
  if (!identifier.startsWith('arn:')) return identifier;
  const parsed = arn.parse(identifier);
  const name = /^log-group:([.\-_/#A-Za-z0-9]{1,512})$/.exec(parsed?.resource ?? '')?.[1];
  const isHere = parsed?.service === 'logs' && parsed.partition === arn.partition && parsed.account === account && parsed.region === region;
  // GUESS: the words. Only a monitoring account reads another one's groups, and no account is one here.
  if (!isHere || name === undefined) throw error('InvalidParameterException', `Invalid ARN of a log group of this account in this region: ${identifier}`);
  return name;
}

/** Of two parameters that mean the same the one that was given. Source: GetLogEvents: "You must include either logGroupIdentifier or logGroupName, but not both." */
export function groupNameOf({ logGroupName, logGroupIdentifier }: { readonly logGroupName?: string | undefined; readonly logGroupIdentifier?: string | undefined }, named: Named): string {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) throw named.error('InvalidParameterException', 'You must include either logGroupIdentifier or logGroupName, but not both.');
  return logGroupName ?? nameOf(logGroupIdentifier!, named);
}
