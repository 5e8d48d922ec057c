/** CloudWatch Logs of a whole Gatehouse, as the SDK calls it, and what its tests share. */
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';

export const account = '111122223333';
export const groupArn = (name: string, region = 'us-east-1'): string => `arn:aws:logs:${region}:${account}:log-group:${name}`;

export const logsOf = (gatehouse: TestGatehouse, key?: KeyPair, region?: string): sdk.CloudWatchLogsClient => gatehouse.client(sdk.CloudWatchLogsClient, key, region);

/** Makes a stream, and its group where that is not there. */
export async function makeStream(logs: sdk.CloudWatchLogsClient, logGroupName: string, logStreamName: string): Promise<void> {
  await logs.send(new sdk.CreateLogGroupCommand({ logGroupName })).catch((error: Error) => { if (error.name !== 'ResourceAlreadyExistsException') throw error; });
  await logs.send(new sdk.CreateLogStreamCommand({ logGroupName, logStreamName }));
}

/** Puts messages, each a millisecond after the one before. */
export function put(logs: sdk.CloudWatchLogsClient, logGroupName: string, logStreamName: string, timestamp: number, ...messages: readonly string[]): Promise<sdk.PutLogEventsCommandOutput> {
  return logs.send(new sdk.PutLogEventsCommand({ logGroupName, logStreamName, logEvents: messages.map((message, i) => ({ timestamp: timestamp + i, message })) }));
}

/** Every page of a search. */
export async function found(logs: sdk.CloudWatchLogsClient, input: sdk.FilterLogEventsCommandInput): Promise<readonly sdk.FilteredLogEvent[]> {
  const events: sdk.FilteredLogEvent[] = [];
  for await (const page of sdk.paginateFilterLogEvents({ client: logs }, input)) events.push(...(page.events ?? []));
  return events;
}

export const messagesOf = (events: readonly { readonly message?: string | undefined }[] | undefined): readonly (string | undefined)[] => (events ?? []).map(({ message }) => message);
