/** The request log: one JSON line a request on stderr, or the same for the eye on a terminal. */
import type { Clock, Timestamp } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';
import { causeFacts, lineHead } from './log.ts';
import type { LogOutput } from './log-output.ts';

/**
 * What is said of a request. Nothing secret: no header, no parameter, no message of the caller's making; of a token or an assertion that was refused, why.
 * INVARIANT: what a caller may have had a hand in goes through JSON.stringify; the rest is ours, and holds nothing to be escaped.
 */
export function requestLine({ request, serviceName, operation, route, caller, claimedAccessKeyId, decision, error, authorizationId }: Exchange, status: number, now: Timestamp): string {
  return `${lineHead('info', now)},"requestId":"${request.requestId}"`
    + `,"caller":${JSON.stringify(caller?.arn ?? (claimedAccessKeyId === undefined ? 'anonymous' : 'unproven'))}`
    + (route === undefined ? '' : `,"route":${JSON.stringify(route)}`)
    + (serviceName === undefined ? '' : `,"action":${operation ? `"${operation.action}"` : JSON.stringify(`${serviceName}:Unknown`)}`)
    + `,"decision":"${decision}","status":${status},"ms":${Math.max(0, now - request.receivedAt)}`
    + `${error ? `,"error":${JSON.stringify(error.code)}${reasonMember(error.cause)}` : ''}${authorizationId === undefined ? '' : `,"authorizationId":"${authorizationId}"`}}\n`;
}

/** What refuses a token or an assertion before any policy is asked: AWS's message says little, and whoever runs this has to know whether an issuer was out of reach or a token for somebody else. */
const told: ReadonlySet<string> = new Set(['TokenRefused', 'IssuerUnreachable', 'IssuerUntrusted', 'AssertionRefused', 'ResponseRefused']);
const reasonLengthMax = 200;

function reasonMember(cause: unknown): string {
  if (!(cause instanceof Error) || !told.has(cause.name)) return '';
  const { cause: deeper } = cause;
  const code = deeper instanceof Error && 'code' in deeper ? ` (${String(deeper.code)})` : '';
  return `,"reason":${JSON.stringify(`${cause.message}${code}`.slice(0, reasonLengthMax))}`;
}

/** Writes one line a request; our own failures as errors, with their cause. */
export function requestLogger(output: Pick<LogOutput, 'write'>, clock: Clock): (exchange: Exchange, status: number) => void {
  return (exchange, status) => {
    const now = clock();
    const line = requestLine(exchange, status, now);
    if (status < 500 || exchange.error?.cause === undefined) output.write(line);
    else output.write(`${lineHead('error', now)}${line.slice(lineHead('info', now).length, -'}\n'.length)},"err":${JSON.stringify(causeFacts(exchange.error.cause))}}\n`);
  };
}
