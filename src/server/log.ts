/** The log: a line of JSON for each thing that happened, in a form that readers of logs know. */
import type { Clock, Timestamp } from '../base/clock.ts';
import { isoSeconds } from '../base/clock.ts';
import type { LogOutput } from './log-output.ts';

/** Source: pino, "logger.level": tools that read logs know these numbers. */
const levels = { info: 30, error: 50 } as const;

export type Facts = Readonly<Record<string, string | number>>;

export interface Log {
  info(message: string, facts?: Facts): void;
  error(message: string, cause: unknown): void;
}

/** Writes its lines to `output`, in order with whatever else is written there. */
export function openLog(output: Pick<LogOutput, 'write'>, clock: Clock): Log {
  const write = (level: keyof typeof levels, rest: object): void => output.write(`${lineHead(level, clock())},${JSON.stringify(rest).slice(1)}\n`);
  return {
    info: (msg, facts) => write('info', { ...facts, msg }),
    error: (msg, cause) => write('error', { err: causeFacts(cause), msg }),
  };
}

const { pid } = process;

/** What each line begins with. */
export const lineHead = (level: keyof typeof levels, now: Timestamp): string => `{"level":${levels[level]},"time":"${isoMilliseconds(now)}","pid":${pid}`;

const isoMilliseconds = (at: Timestamp): string => `${isoSeconds(at).slice(0, 19)}.${String(at % 1000).padStart(3, '0')}Z`;

/** How many causes of causes are told. */
const causesMax = 8;

/** What was thrown, as a line tells it: the stack holds those of its causes. */
export function causeFacts(thrown: unknown): { readonly type: string; readonly message: string; readonly stack?: string } {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: String(thrown) };
  const stacks: string[] = [];
  for (let cause: unknown = thrown; cause instanceof Error && stacks.length < causesMax; cause = cause.cause) stacks.push(cause.stack ?? String(cause));
  return { type: thrown.name, message: thrown.message, stack: stacks.join('\ncaused by: ') };
}
