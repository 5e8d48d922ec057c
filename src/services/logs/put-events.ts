/** PutLogEvents: a batch of events goes to a stream, and is durable when it is acknowledged. Source: "PutLogEvents" (CloudWatch Logs API Reference). */
import type { InputLogEvent, Logs, RejectedLogEventsInfo } from '../../../models/logs.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Operations } from '../operation.ts';
import { StreamGone } from './events/event-log.ts';
import { limits } from './limits.ts';
import { getGroup, getStream, placeOf, streamAbsent, streamAsk } from './lookup.ts';
import { keptFrom } from './retention-run.ts';

export const putEvents = {
  PutLogEvents: {
    access: ({ logGroupName, logStreamName }, context) => [streamAsk(context, logGroupName, logStreamName)],
    async run({ logGroupName, logStreamName, logEvents, entity }, { account, view, region, now, logs, error }) {
      const group = getGroup(view, region, logGroupName, error);
      const stream = getStream(view, group, logStreamName, error);
      checkBatch(logEvents, error);
      const { taken, rejected } = sift(logEvents, now, keptFrom(group, now));
      if (taken.length > 0) {
        try {
          await (await logs.open()).append(placeOf(account, stream), taken.map(({ timestamp, message }) => [timestamp, message] as const), now);
        } catch (cause) {
          if (cause instanceof StreamGone) throw streamAbsent(error);
          throw error('ServiceUnavailableException', 'The service cannot complete the request.', { cause });
        }
      }
      return {
        // Source: sequenceToken and nextSequenceToken are no longer used. There is one for clients that look at it.
        nextSequenceToken: `49${String(now).padStart(18, '0')}${'0'.repeat(36)}`,
        ...(rejected && { rejectedLogEventsInfo: rejected }),
        // Nothing here relates events to entities, and a batch is taken without.
        ...(entity && { rejectedEntityInfo: { errorType: 'UnsupportedLogGroupType' as const } }),
      };
    },
  },
} satisfies Operations<Logs, 'PutLogEvents'>;

/** AWS: the words, as clients of AWS quote them. */
function checkBatch(events: readonly InputLogEvent[], error: Raise<'InvalidParameterException'>): void {
  let bytes = 0;
  let last = -Infinity;
  for (const { timestamp, message } of events) {
    if (timestamp < last) throw error('InvalidParameterException', 'Log events in a single PutLogEvents request must be in chronological order.');
    last = timestamp;
    const size = Buffer.byteLength(message) + limits.bytesPerEvent;
    if (size > limits.batchBytesMax) throw error('InvalidParameterException', `Log event too large: ${size} bytes exceeds limit of ${limits.batchBytesMax}`);
    bytes += size;
  }
  if (bytes > limits.batchBytesMax) throw error('InvalidParameterException', `Upload too large: ${bytes} bytes exceeds limit of ${limits.batchBytesMax}`);
  if (events.at(-1)!.timestamp - events[0]!.timestamp > limits.batchSpanMs) throw error('InvalidParameterException', 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
}

/** Events that are too old, too new, or would have expired already are left out, and the rest is taken. They stand in order. Source: RejectedLogEventsInfo. */
function sift(events: readonly InputLogEvent[], now: number, keptSince: number): { readonly taken: readonly InputLogEvent[]; readonly rejected: RejectedLogEventsInfo | undefined } {
  const countUntil = (time: number): number => events.findLastIndex(({ timestamp }) => timestamp < time) + 1;
  const expired = countUntil(keptSince);
  const tooOld = countUntil(now - limits.pastMs);
  const tooNew = countUntil(now + limits.futureMs + 1);
  if (expired === 0 && tooOld === 0 && tooNew === events.length) return { taken: events, rejected: undefined };
  return {
    taken: events.slice(Math.max(expired, tooOld), tooNew),
    rejected: { ...(tooNew < events.length && { tooNewLogEventStartIndex: tooNew }), ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }), ...(expired > 0 && { expiredLogEventEndIndex: expired }) },
  };
}
