/** Log groups: created, listed, kept for a time, protected, deleted. Source: "CreateLogGroup" and its siblings (CloudWatch Logs API Reference). */
import type { LogGroup, Logs } from '../../../models/logs.ts';
import type { Raise } from '../../base/api-error.ts';
import { newUuid } from '../../base/ids.ts';
import type { LogGroupDoc } from '../../store/log-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { limits } from './limits.ts';
import { findGroup, getGroup, groupArn, groupAsk, nameOf, taggedAsk } from './lookup.ts';
import { before, nextToken, openToken } from './paging.ts';
import type { Paging } from './paging.ts';
import { readersRefused } from './reading.ts';
import { checkTags, requestTagContext } from './tags.ts';

/** Source: PutRetentionPolicy, retentionInDays. */
const retentionDays: readonly number[] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const groups = {
  CreateLogGroup: {
    // To tag needs the permission to tag as well. Source: CreateLogGroup, tags.
    access({ logGroupName, tags }, context) {
      const ask = groupAsk(context, logGroupName, requestTagContext(tags));
      return tags && Object.keys(tags).length > 0 ? [ask, { ...taggedAsk(context, logGroupName, requestTagContext(tags)), action: 'logs:TagResource' }] : [ask];
    },
    async run({ logGroupName, kmsKeyId, tags, logGroupClass = 'STANDARD', deletionProtectionEnabled = false }, { write, region, now, random, error }) {
      // Source: "Log group names can't start with the string aws/". GUESS: the words of the three.
      if (logGroupName.startsWith('aws/')) throw error('InvalidParameterException', 'Log group names cannot begin with aws/.');
      if (kmsKeyId !== undefined) throw error('InvalidParameterException', 'There are no keys of AWS KMS here to encrypt a log group with.');
      if (logGroupClass !== 'STANDARD') throw error('InvalidParameterException', `Log groups here are of the class STANDARD; ${logGroupClass} is not offered.`);
      if (tags) checkTags(tags, error);
      const group: LogGroupDoc = {
        LogGroupId: newUuid(random), Region: region, LogGroupName: logGroupName, CreateDate: now,
        ...(deletionProtectionEnabled && { IsDeletionProtected: true }),
        ...(tags && Object.keys(tags).length > 0 && { Tags: tags }),
      };
      await write((draft) => {
        if (findGroup(draft, region, logGroupName)) throw error('ResourceAlreadyExistsException', 'The specified log group already exists');
        if (draft.logGroups.countBy('region', region) >= limits.groupsMax) throw error('LimitExceededException', 'Resource limit exceeded.');
        draft.logGroups.insert(group);
      });
    },
  },

  DeleteLogGroup: {
    access: ({ logGroupName }, context) => [groupAsk(context, logGroupName)],
    async run({ logGroupName }, { account, caller, requestId, write, region, logs, error }) {
      const { LogGroupId } = await write((draft) => {
        const group = getGroup(draft, region, logGroupName, error);
        // GUESS: the words. Source of the rule: DeleteLogGroup, ValidationException.
        if (group.IsDeletionProtected) throw error('ValidationException', 'The log group is protected from deletion. Switch its deletion protection off first.');
        draft.logGroups.remove(group.LogGroupId);
        return group;
      });
      await (await logs.open()).removeGroup(account, LogGroupId, { by: caller.arn, requestId, action: 'logs:DeleteLogGroup' });
    },
  },

  DescribeLogGroups: {
    // AWS: a denial names `…:log-group::log-stream:` (seen in public, 2022–2026), though no resource is listed for the action.
    access: (_, context) => [groupAsk(context, '')],
    async run(input, context) {
      const { logGroupIdentifiers, nextToken: token, limit = limits.describedMax } = input;
      const { account, view, region, marker, error, logs } = context;
      const paging: Paging = { marker, error };
      checkAccounts(input, account, error);
      const { groups, next } = logGroupIdentifiers && logGroupIdentifiers.length > 0
        ? { groups: named(logGroupIdentifiers.map((identifier) => nameOf(identifier, context)), view, region), next: undefined }
        : pageOf(input, view, region, openToken(token, paging), limit, error);
      const bytes = await readersRefused((await logs.open()).bytesOf(account, groups.map(({ LogGroupId }) => LogGroupId)), error);
      return { logGroups: groups.map((group, i) => shown(account, group, bytes[i]!)), ...nextToken(next, paging) };
    },
  },

  PutRetentionPolicy: {
    access: ({ logGroupName }, context) => [groupAsk(context, logGroupName)],
    run({ logGroupName, retentionInDays }, { write, region, error }) {
      if (!retentionDays.includes(retentionInDays)) throw error('InvalidParameterException', `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`);
      return write((draft) => void draft.logGroups.update({ ...getGroup(draft, region, logGroupName, error), RetentionDays: retentionInDays }));
    },
  },

  DeleteRetentionPolicy: {
    access: ({ logGroupName }, context) => [groupAsk(context, logGroupName)],
    run: ({ logGroupName }, { write, region, error }) => write((draft) => {
      const { RetentionDays: _, ...group } = getGroup(draft, region, logGroupName, error);
      draft.logGroups.update(group);
    }),
  },

  PutLogGroupDeletionProtection: {
    access: ({ logGroupIdentifier }, context) => [groupAsk(context, nameOf(logGroupIdentifier, context))],
    run: ({ logGroupIdentifier, deletionProtectionEnabled }, context) => context.write((draft) => {
      const { IsDeletionProtected: _, ...group } = getGroup(draft, context.region, nameOf(logGroupIdentifier, context), context.error);
      draft.logGroups.update({ ...group, ...(deletionProtectionEnabled && { IsDeletionProtected: true }) });
    }),
  },
} satisfies Operations<Logs, 'CreateLogGroup' | 'DeleteLogGroup' | 'DescribeLogGroups' | 'PutRetentionPolicy' | 'DeleteRetentionPolicy' | 'PutLogGroupDeletionProtection'>;

interface Listed { readonly logGroupNamePrefix?: string | undefined; readonly logGroupNamePattern?: string | undefined; readonly logGroupClass?: string | undefined }

/** Accounts that a monitoring account looks into; none is one here. GUESS: the words. */
function checkAccounts({ accountIdentifiers = [] }: { readonly accountIdentifiers?: readonly string[] | undefined }, account: string, error: Raise<'InvalidParameterException'>): void {
  const other = accountIdentifiers.find((identifier) => identifier !== account);
  if (other !== undefined) throw error('InvalidParameterException', `The account ${other} is not linked to this one.`);
}

function pageOf({ logGroupNamePrefix = '', logGroupNamePattern = '', logGroupClass = 'STANDARD' }: Listed, view: AccountView, region: string, after: string | undefined, limit: number, error: Raise<'InvalidParameterException'>): { readonly groups: readonly LogGroupDoc[]; readonly next: string | undefined } {
  if (logGroupNamePrefix !== '' && logGroupNamePattern !== '') throw error('InvalidParameterException', 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  if (logGroupClass !== 'STANDARD') return { groups: [], next: undefined };
  const beginning = pairKey(region, logGroupNamePrefix);
  const pattern = logGroupNamePattern.toLowerCase();
  const groups: LogGroupDoc[] = [];
  for (let place = after ?? before(beginning); ;) {
    const { docs, next } = view.logGroups.page({ after: place, limit: 200 });
    for (const group of docs) {
      const key = pairKey(group.Region, group.LogGroupName);
      if (!key.startsWith(beginning)) return { groups, next: undefined };
      if (!group.LogGroupName.toLowerCase().includes(pattern)) continue;
      if (groups.length === limit) return { groups, next: pairKey(region, groups.at(-1)!.LogGroupName) };
      groups.push(group);
    }
    if (next === undefined) return { groups, next: undefined };
    place = next;
  }
}

/** Those of them that are there, in order of name. */
const named = (names: readonly string[], view: AccountView, region: string): readonly LogGroupDoc[] => [...new Set(names)].sort().flatMap((name) => findGroup(view, region, name) ?? []);

function shown(account: string, { LogGroupName, Region, CreateDate, RetentionDays, IsDeletionProtected = false }: LogGroupDoc, storedBytes: number): LogGroup {
  const own = groupArn(account, Region, LogGroupName);
  return {
    logGroupName: LogGroupName, creationTime: CreateDate, metricFilterCount: 0, arn: `${own}:*`, logGroupArn: own, storedBytes, logGroupClass: 'STANDARD', deletionProtectionEnabled: IsDeletionProtected,
    ...(RetentionDays !== undefined && { retentionInDays: RetentionDays }),
  };
}
