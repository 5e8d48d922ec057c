/** Every limit of CloudWatch Logs, in one place. */

const dayMs = 86_400_000;

export const limits = {
  /** A batch: the bytes of its messages, and so many more for each event. Source: PutLogEvents (CloudWatch Logs API Reference), as all of these down to the span. */
  batchBytesMax: 1_048_576,
  bytesPerEvent: 26,
  batchEventsMax: 10_000,
  /** How old and how far in the future an event may be. */
  pastMs: 14 * dayMs,
  futureMs: 2 * 3_600_000,
  batchSpanMs: dayMs,
  /** A page of events. Source: GetLogEvents, FilterLogEvents. */
  pageEventsMax: 10_000,
  pageBytesMax: 1_048_576,
  /** Groups and streams of a page, and when nothing else is asked for. Source: DescribeLogGroups, DescribeLogStreams. */
  describedMax: 50,
  tagsMax: 50,
  /** Log groups of an account in a region. Source: "CloudWatch Logs quotas". */
  groupsMax: 1_000_000,
  /** Streams of a group. AWS has no limit; the state is in memory here. */
  streamsMax: 1_000_000,
  /** Streams that are removed with one entry of the journal. */
  streamsPerEntry: 1_000,
  /** A file of events is closed, and the next begun, at this size; each day begins another. */
  segmentBytesMax: 16 * 1024 * 1024,
  /** Batches whose places are known, over all streams; then those of streams that were not looked at lately are forgotten. */
  indexedBatchesMax: 500_000,
  /** What a search reads before it answers with what it has found, and with where it goes on. */
  searchBytesMax: 32 * 1024 * 1024,
  /** Requests that read events at a time, and that wait to. */
  readersMax: 8,
  readersWaitingMax: 512,
  /** What is read of a file at a time. */
  readBytes: 1024 * 1024,
  /** How often events are removed whose retention has ended. AWS takes up to 72 hours. */
  retentionEveryMs: 3_600_000,
  dayMs,
} as const;
