/** Log streams: created, listed, deleted. Source: "CreateLogStream" and its siblings (CloudWatch Logs API Reference). */
import type { Logs, LogStream } from '../../../models/logs.ts';
import type { Raise } from '../../base/api-error.ts';
import { newUuid } from '../../base/ids.ts';
import type { LogGroupDoc, LogStreamDoc } from '../../store/log-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { limits } from './limits.ts';
import type { StreamTimes } from './log-store.ts';
import { getGroup, getStream, groupAsk, groupNameOf, placeOf, streamArn, streamAsk } from './lookup.ts';
import { before, nextToken, openToken } from './paging.ts';
import { readersRefused } from './reading.ts';
import { keptFrom } from './retention-run.ts';

export const streams = {
  CreateLogStream: {
    access: ({ logGroupName, logStreamName }, context) => [streamAsk(context, logGroupName, logStreamName)],
    run: ({ logGroupName, logStreamName }, { write, region, now, random, error }) => {
      const LogStreamId = newUuid(random);
      return write((draft) => {
        const { LogGroupId } = getGroup(draft, region, logGroupName, error);
        // Beside AWS, which has no limit: the names are in memory.
        if (draft.logStreams.countBy('group', LogGroupId) >= limits.streamsMax) throw error('InvalidParameterException', `A log group here can have up to ${limits.streamsMax} streams.`);
        if (!draft.logStreams.insert({ LogGroupId, LogStreamId, LogStreamName: logStreamName, CreateDate: now })) throw error('ResourceAlreadyExistsException', 'The specified log stream already exists');
      });
    },
  },

  DeleteLogStream: {
    access: ({ logGroupName, logStreamName }, context) => [streamAsk(context, logGroupName, logStreamName)],
    async run({ logGroupName, logStreamName }, { account, write, region, logs, error }) {
      const removed = await write((draft) => {
        const stream = getStream(draft, getGroup(draft, region, logGroupName, error), logStreamName, error);
        draft.logStreams.remove(pairKey(stream.LogGroupId, stream.LogStreamId));
        return stream;
      });
      await (await logs.open()).removeStream(placeOf(account, removed));
    },
  },

  DescribeLogStreams: {
    access: (input, context) => [groupAsk(context, groupNameOf(input, context))],
    async run(input, context) {
      const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false, limit = limits.describedMax } = input;
      const { view, region, marker, error } = context;
      const paging = { marker, error };
      const after = openToken(input.nextToken, paging);
      if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) throw error('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
      const group = getGroup(view, region, groupNameOf(input, context), error);
      const { found, next } = orderBy === 'LogStreamName'
        ? await byName(view, group, { prefix: logStreamNamePrefix ?? '', descending, after, limit }, context)
        : await byTime(view, group, { descending, after, limit }, context);
      return { logStreams: found.map(({ stream, times }) => shown(context, group, stream, times)), ...nextToken(next, paging) };
    },
  },
} satisfies Operations<Logs, 'CreateLogStream' | 'DeleteLogStream' | 'DescribeLogStreams'>;

type Context = Pick<RunContext<never>, 'account' | 'region' | 'logs' | 'now'> & { readonly error: Raise<'ServiceUnavailableException'> };
interface Found { readonly stream: LogStreamDoc; readonly times: StreamTimes | undefined }
interface Page { readonly found: readonly Found[]; readonly next: string | undefined }
interface Wish { readonly descending: boolean; readonly after: string | undefined; readonly limit: number }

async function byName(view: AccountView, group: LogGroupDoc, { prefix, descending, after, limit }: Wish & { readonly prefix: string }, context: Context): Promise<Page> {
  const { streams, next } = descending ? namesDownwards(view, group, prefix, after, limit) : namesUpwards(view, group, prefix, after, limit);
  return { found: await withTimes(streams, group, context), next };
}

function namesUpwards(view: AccountView, { LogGroupId }: LogGroupDoc, prefix: string, after: string | undefined, limit: number): { readonly streams: readonly LogStreamDoc[]; readonly next: string | undefined } {
  const beginning = pairKey(LogGroupId, prefix);
  const { docs } = view.logStreams.page({ after: after === undefined ? before(beginning) : pairKey(LogGroupId, after), limit: limit + 1 });
  const streams = docs.filter((stream) => pairKey(stream.LogGroupId, stream.LogStreamName).startsWith(beginning));
  return { streams: streams.slice(0, limit), next: streams.length > limit ? streams[limit - 1]!.LogStreamName : undefined };
}

function namesDownwards(view: AccountView, { LogGroupId }: LogGroupDoc, prefix: string, after: string | undefined, limit: number): ReturnType<typeof namesUpwards> {
  const all = view.logStreams.listBy('group', LogGroupId).filter(({ LogStreamName }) => LogStreamName.startsWith(prefix) && (after === undefined || LogStreamName < after));
  const streams = all.toSorted((a, b) => (a.LogStreamName < b.LogStreamName ? 1 : -1)).slice(0, limit);
  return { streams, next: all.length > limit ? streams.at(-1)!.LogStreamName : undefined };
}

/** Streams without events come as if they had one at the beginning of time. */
async function byTime(view: AccountView, group: LogGroupDoc, { descending, after, limit }: Wish, context: Context): Promise<Page> {
  const found = await withTimes(view.logStreams.listBy('group', group.LogGroupId), group, context);
  const keyed = found.map((one) => ({ one, key: `${String(one.times?.last ?? 0).padStart(15, '0')} ${one.stream.LogStreamName}` }));
  const rest = keyed.filter(({ key }) => after === undefined || (descending ? key < after : key > after)).sort((a, b) => (a.key < b.key ? -1 : 1) * (descending ? -1 : 1));
  return { found: rest.slice(0, limit).map(({ one }) => one), next: rest.length > limit ? rest[limit - 1]!.key : undefined };
}

async function withTimes(streams: readonly LogStreamDoc[], group: LogGroupDoc, { account, logs, now, error }: Context): Promise<readonly Found[]> {
  // The list is the table's own, which changes.
  const kept = Array.from(streams);
  const times = await readersRefused((await logs.open()).times(kept.map((stream) => placeOf(account, stream)), keptFrom(group, now)), error);
  return kept.map((stream, i) => ({ stream, times: times[i] }));
}

function shown({ account, region }: Context, { LogGroupName }: LogGroupDoc, { LogStreamName, CreateDate }: LogStreamDoc, times: StreamTimes | undefined): LogStream {
  return {
    logStreamName: LogStreamName, creationTime: CreateDate, arn: streamArn(account, region, LogGroupName, LogStreamName),
    ...(times && { firstEventTimestamp: times.first, lastEventTimestamp: times.last, lastIngestionTime: times.ingestedAt }),
    // Source: LogStream, storedBytes: "always zero" since June 2019.
    storedBytes: 0,
  };
}
