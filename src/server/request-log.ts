/** The request log: one JSON line a request on stderr, or the same for the eye on a terminal. */
import type { Logger } from 'pino';
import type { Exchange } from './exchange.ts';

/** What is said of a request. Nothing secret: no header, no parameter, no message of the caller's making. */
export function requestLine(exchange: Exchange, status: number, ms: number): Record<string, string | number | undefined> {
  const { request, serviceName, operationName, caller, claimedAccessKeyId, decision, error } = exchange;
  return {
    requestId: request.requestId,
    caller: caller?.arn ?? (claimedAccessKeyId === undefined ? 'anonymous' : 'unproven'),
    action: serviceName === undefined ? undefined : `${serviceName}:${operationName ?? 'Unknown'}`,
    decision,
    status,
    ms,
    ...(error && { error: error.code }),
  };
}

/** Writes one line a request; our own failures with their cause. */
export function requestLogger(log: Logger, now: () => number): (exchange: Exchange, status: number) => void {
  return (exchange, status) => {
    const line = requestLine(exchange, status, Math.max(0, now() - exchange.request.receivedAt));
    if (status >= 500 && exchange.error?.cause !== undefined) log.error({ ...line, err: exchange.error.cause });
    else log.info(line);
  };
}
