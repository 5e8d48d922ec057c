/** FilterLogEvents: the events of a group's streams that a pattern takes, in order of time. Source: "FilterLogEvents" (CloudWatch Logs API Reference). */
import type { Logs } from '../../../models/logs.ts';
import type { Raise } from '../../base/api-error.ts';
import type { LogGroupDoc, LogStreamDoc } from '../../store/log-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { eventId } from './events/event-id.ts';
import { readGap, writeGap } from './events/position.ts';
import { compilePattern } from './filter/pattern.ts';
import type { Matches } from './filter/pattern.ts';
import { PatternRefused } from './filter/scanner.ts';
import { limits } from './limits.ts';
import { getGroup, getStream, groupAsk, groupNameOf, placeOf } from './lookup.ts';
import { nextToken, openToken } from './paging.ts';
import { readersRefused } from './reading.ts';
import { keptFrom } from './retention-run.ts';
import { unmaskAsk } from './unmask.ts';

export const filterEvents = {
  FilterLogEvents: {
    access(input, context) {
      const group = groupNameOf(input, context);
      return input.unmask ? [groupAsk(context, group), unmaskAsk(context, group)] : [groupAsk(context, group)];
    },
    async run(input, context) {
      const { account, view, region, now, logs, marker, error } = context;
      const { filterPattern = '', startTime = 0, endTime = Infinity, limit = limits.pageEventsMax } = input;
      const paging = { marker, error };
      const group = getGroup(view, region, groupNameOf(input, context), error);
      const streams = streamsOf(input, view, group, error);
      const matches = compiled(filterPattern, error);
      const token = openToken(input.nextToken, paging);
      const wanted = { streams: streams.map((stream) => placeOf(account, stream)), from: Math.max(startTime, keptFrom(group, now)), to: endTime + 1, direction: 'forwards', gap: token === undefined ? undefined : readGap(token), limit, matches } as const;
      const { events, rest } = await readersRefused((await logs.open()).search(wanted), error);
      const names = new Map(streams.map(({ LogStreamId, LogStreamName }) => [LogStreamId, LogStreamName]));
      return {
        events: events.map(({ message, position }) => ({ logStreamName: names.get(position.streamId)!, timestamp: position.timestamp, message, ingestionTime: position.ingestedAt, eventId: eventId(position) })),
        // Source: searchedLogStreams: "Starting May 15, 2020, this value is always empty."
        searchedLogStreams: [],
        ...nextToken(rest && writeGap(rest), paging),
      };
    },
  },
} satisfies Operations<Logs, 'FilterLogEvents'>;

interface Named { readonly logStreamNames?: readonly string[] | undefined; readonly logStreamNamePrefix?: string | undefined }

function streamsOf({ logStreamNames, logStreamNamePrefix }: Named, view: AccountView, group: LogGroupDoc, error: Raise<'InvalidParameterException' | 'ResourceNotFoundException'>): readonly LogStreamDoc[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) throw error('InvalidParameterException', 'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  if (logStreamNames !== undefined) return [...new Set(logStreamNames)].map((name) => getStream(view, group, name, error));
  const prefix = pairKey(group.LogGroupId, logStreamNamePrefix ?? '');
  return view.logStreams.listBy('group', group.LogGroupId).filter((stream) => pairKey(stream.LogGroupId, stream.LogStreamName).startsWith(prefix));
}

function compiled(pattern: string, error: Raise<'InvalidParameterException'>): Matches | undefined {
  if (pattern === '') return undefined;
  try {
    return compilePattern(pattern);
  } catch (cause) {
    if (cause instanceof PatternRefused) throw error('InvalidParameterException', cause.message, { cause });
    throw cause;
  }
}
