/** The request log: one JSON line a request on stderr, or the same for the eye on a terminal. */
import type { Logger } from 'pino';
import type { Timestamp } from '../base/clock.ts';
import { isoSeconds } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';
import type { LogOutput } from './log-output.ts';

/**
 * What is said of a request, as pino writes it, level 30. Nothing secret: no header, no parameter, no message of the caller's making.
 * INVARIANT: what a caller may have had a hand in goes through JSON.stringify; the rest is ours, and holds nothing to be escaped.
 */
export function requestLine({ request, serviceName, operation, caller, claimedAccessKeyId, decision, error, authorizationId }: Exchange, status: number, now: Timestamp): string {
  return `{"level":30,"time":"${isoMilliseconds(now)}","pid":${pid},"requestId":"${request.requestId}"`
    + `,"caller":${JSON.stringify(caller?.arn ?? (claimedAccessKeyId === undefined ? 'anonymous' : 'unproven'))}`
    + (serviceName === undefined ? '' : `,"action":${JSON.stringify(`${serviceName}:${operation?.name ?? 'Unknown'}`)}`)
    + `,"decision":"${decision}","status":${status},"ms":${Math.max(0, now - request.receivedAt)}`
    + `${error ? `,"error":${JSON.stringify(error.code)}` : ''}${authorizationId === undefined ? '' : `,"authorizationId":"${authorizationId}"`}}\n`;
}

const isoMilliseconds = (at: Timestamp): string => `${isoSeconds(at).slice(0, 19)}.${String(at % 1000).padStart(3, '0')}Z`;

const { pid } = process;

/** Writes one line a request, past pino, which would take the line's parts apart first; our own failures are told to pino, with their cause. */
export function requestLogger(output: Pick<LogOutput, 'write'>, log: Logger, now: () => Timestamp): (exchange: Exchange, status: number) => void {
  return (exchange, status) => {
    const line = requestLine(exchange, status, now());
    if (status < 500 || exchange.error?.cause === undefined) {
      output.write(line);
    } else {
      const { level: _, time: _time, pid: _pid, ...said } = JSON.parse(line) as Record<string, unknown>;
      log.error({ ...said, err: exchange.error.cause });
    }
  };
}
