/** GetLogEvents: the events of one stream, forwards and backwards. Source: "GetLogEvents" (CloudWatch Logs API Reference). */
import type { Logs } from '../../../models/logs.ts';
import type { Operations } from '../operation.ts';
import { gapBefore, readGap, writeGap } from './events/position.ts';
import type { Gap } from './events/position.ts';
import { limits } from './limits.ts';
import { getGroup, getStream, groupNameOf, placeOf, streamAsk } from './lookup.ts';
import { openToken } from './paging.ts';
import { readersRefused } from './reading.ts';
import { keptFrom } from './retention-run.ts';
import { unmaskAsk } from './unmask.ts';

type Direction = 'forwards' | 'backwards';
const letters: Readonly<Record<Direction, string>> = { forwards: 'f', backwards: 'b' };

export const getEvents = {
  GetLogEvents: {
    access(input, context) {
      const ask = streamAsk(context, groupNameOf(input, context), input.logStreamName);
      return input.unmask ? [ask, unmaskAsk(context, groupNameOf(input, context))] : [ask];
    },
    async run(input, context) {
      const { account, view, region, now, logs, marker, error } = context;
      const { logStreamName, startTime = 0, endTime = Infinity, limit = limits.pageEventsMax, startFromHead = false } = input;
      const paging = { marker, error };
      const group = getGroup(view, region, groupNameOf(input, context), error);
      const stream = getStream(view, group, logStreamName, error);
      const token = openToken(input.nextToken?.replace(/^[fb]\//, ''), paging);
      // A token goes on in its own direction, whatever else is said.
      const direction: Direction = token === undefined ? (startFromHead ? 'forwards' : 'backwards') : token.startsWith(letters.forwards) ? 'forwards' : 'backwards';
      const from = Math.max(startTime, keptFrom(group, now));
      const gap = token === undefined ? undefined : readGap(token.slice(1));
      const { events } = await readersRefused((await logs.open()).search({ streams: [placeOf(account, stream)], from, to: endTime, direction, gap, limit }), error);
      const [first, last] = [events[0], events.at(-1)];
      // Where nothing was found either token stands where the search began: "if you have reached the end of the stream, it returns the same token you passed in".
      const start = gap ?? gapBefore(from);
      const tokenOf = (way: Direction, at: Gap): string => `${letters[way]}/${marker.seal(`${letters[way]}${writeGap(at)}`)}`;
      return {
        events: events.map(({ message, position: { timestamp, ingestedAt } }) => ({ timestamp, message, ingestionTime: ingestedAt })),
        nextForwardToken: input.nextToken !== undefined && !last && direction === 'forwards' ? input.nextToken : tokenOf('forwards', last ? { side: 'behind', position: last.position } : start),
        nextBackwardToken: input.nextToken !== undefined && !first && direction === 'backwards' ? input.nextToken : tokenOf('backwards', first ? { side: 'before', position: first.position } : start),
      };
    },
  },
} satisfies Operations<Logs, 'GetLogEvents'>;
