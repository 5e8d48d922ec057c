/** A log line for a terminal: the time, what was asked, by whom, and what came of it. */

interface Line { readonly time?: string; readonly level?: number; readonly msg?: string; readonly caller?: string; readonly action?: string; readonly status?: number; readonly ms?: number; readonly error?: string; readonly reason?: string; readonly authorizationId?: string; readonly err?: { readonly stack?: string } }

const color = (code: number, text: string): string => `\x1b[${code}m${text}\x1b[0m`;
const colorOf = (status: number): number => (status >= 500 ? 31 : status >= 400 ? 33 : 32);

/** `line` is one of the log's. */
export function prettyLine(line: string): string {
  const { time = '', level = 30, msg, caller, action, status, ms, error, reason, authorizationId, err, ...rest } = JSON.parse(line) as Line & Record<string, unknown>;
  const clock = color(90, time.slice(11, 19));
  if (status !== undefined) return `${clock} ${color(colorOf(status), String(status))} ${action ?? '-'} ${error ?? ''}${reason === undefined ? '' : ` (${reason})`} ${color(90, `${caller ?? ''} ${ms ?? 0} ms`)}${authorizationId === undefined ? '' : color(90, `  why: gatehouse why ${authorizationId}`)}${err?.stack ? `\n${err.stack}` : ''}\n`;
  const { pid: _, ...facts } = rest;
  const details = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`).join(' ');
  return `${clock} ${color(level >= 50 ? 31 : 36, msg ?? '')} ${color(90, details)}${err?.stack ? `\n${err.stack}` : ''}\n`;
}
