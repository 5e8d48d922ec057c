/** Options as rows of a table: a flag, its environment form, its meaning. A value comes from the flag, else the environment, else the fallback. */
import { closestName } from '../base/closest-name.ts';
import type { Environment } from './world.ts';

export interface Option<T> {
  /** `--port`; undefined for what only the environment may hold (a secret in a flag stands in the process list and the shell's history). */
  readonly flag: string | undefined;
  /** What follows the flag, as help shows it (`PORT`); undefined for a switch. */
  readonly argument: string | undefined;
  readonly environment: `GATEHOUSE_${string}`;
  /** What it does, in a line of help. */
  readonly about: string;
  /** The value that a text stands for; throws BadValue. */
  readonly read: (text: string) => T;
  readonly fallback: T;
  /** The flag may be given more than once; its texts then reach `read` as lines. */
  readonly isRepeatable?: boolean;
}

// A table's rows differ in what they read, and only `ValuesOf` tells them apart.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type OptionTable = Readonly<Record<string, Option<any>>>;

/** The values that the rows of a table read. */
export type ValuesOf<Table extends OptionTable> = { readonly [Name in keyof Table]: Table[Name] extends Option<infer T> ? T : never };

/** The flags that were given, by the names of their rows: the text, or `true` for a switch. */
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

/** What is wrong with a text, after `must be`: `a port from 0 to 65535`. */
export class BadValue extends Error {
  override readonly name = 'BadValue';
}

/** A mistake in what was typed or set; answered with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

function readAs<T>(option: Option<T>, source: string, text: string): T {
  try {
    return option.read(text);
  } catch (error) {
    if (error instanceof BadValue) throw new UsageError(`${source} must be ${error.message}; it is "${text}"`, { cause: error });
    throw error;
  }
}

function valueOf<T>(option: Option<T>, given: string | boolean | undefined, env: Environment): T {
  if (given !== undefined) return readAs(option, option.flag ?? option.environment, String(given));
  const text = env[option.environment];
  if (text === undefined) return option.fallback;
  if (text === '') throw new UsageError(`${option.environment} is set but empty: unset it or give it a value`);
  return readAs(option, option.environment, text);
}

/** Every row's value. */
export function readOptions<Table extends OptionTable>(table: Table, given: GivenFlags, env: Environment): ValuesOf<Table> {
  const values = Object.entries(table).map(([name, option]) => [name, valueOf(option, given[name], env)]);
  // Each name of the table has just been given what its own row reads.
  return Object.fromEntries(values) as ValuesOf<Table>;
}

/**
 * Kubernetes sets these for every service of a namespace, also for one called `gatehouse` or `gatehouse-console`, in the containers of everyone.
 * Source: "Service: Discovering services, Environment variables" (Kubernetes documentation).
 */
const serviceLinks: readonly { readonly name: RegExp; readonly value: RegExp }[] = [
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?SERVICE_HOST$/, value: /^[0-9a-f.:]+$/i },
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?SERVICE_PORT(?:_[A-Z0-9_]+)?$/, value: /^\d{1,5}$/ },
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?PORT(?:_\d{1,5}_(?:TCP|UDP|SCTP))?$/, value: /^(?:tcp|udp|sctp):\/\// },
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?PORT_\d{1,5}_(?:TCP|UDP|SCTP)_PROTO$/, value: /^(?:tcp|udp|sctp)$/ },
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?PORT_\d{1,5}_(?:TCP|UDP|SCTP)_PORT$/, value: /^\d{1,5}$/ },
  { name: /^GATEHOUSE_(?:[A-Z0-9_]+_)?PORT_\d{1,5}_(?:TCP|UDP|SCTP)_ADDR$/, value: /^[0-9a-f.:]+$/i },
];

function isServiceLink(name: string, value: string): boolean {
  return serviceLinks.some((link) => link.name.test(name) && link.value.test(value));
}

/** Refuses a `GATEHOUSE_` variable that means nothing: a misspelt one would otherwise be a setting that is silently not made. */
export function refuseUnknownVariables(table: OptionTable, env: Environment): void {
  const known = new Set(Object.values(table).map((option) => option.environment as string));
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('GATEHOUSE_') || value === undefined || known.has(name) || isServiceLink(name, value)) continue;
    const meant = formOfFlag(table, name) ?? closestName([...known], name);
    throw new UsageError(`unknown environment variable ${name}; ${meant === undefined ? 'the help of each command shows those that mean something' : `is ${meant} meant?`}`);
  }
}

/** What a flag is called in the environment, where a variable is called as the flag is: Kubernetes's GATEHOUSE_PORT is not ours. */
function formOfFlag(table: OptionTable, name: string): string | undefined {
  const flag = `--${name.slice('GATEHOUSE_'.length).toLowerCase().replaceAll('_', '-')}`;
  return Object.values(table).find((option) => option.flag === flag)?.environment;
}
