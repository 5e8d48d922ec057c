/** Consoles of instances in CloudWatch Logs: a group in each region, a stream for each instance. */
import type { LogResources } from '../services/logs/resources.ts';

export const consoleLogGroup = '/gatehouse/ec2/console';
/** Of a group that is made now; whoever may, changes it. */
const retentionDays = 30;

export interface ConsoleOf { readonly account: string; readonly region: string; readonly instanceId: string }

/** Appends lines of an instance's console; the group and the stream are made with the first. */
export type KeepConsole = (instance: ConsoleOf, lines: readonly { readonly timestamp: number; readonly message: string }[]) => Promise<void>;

export const keepConsoleIn = (logs: LogResources): KeepConsole => async ({ account, region, instanceId }, lines) =>
  (await logs.open()).appendToLog({ account, region, group: consoleLogGroup, stream: instanceId, retentionDays }, lines);
