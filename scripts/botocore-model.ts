/** Botocore's service models as they lie on disk: where they are found, and what of them is read. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface SourceMember {
  readonly shape: string;
  readonly documentation?: string;
  readonly locationName?: string;
  readonly location?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
  readonly xmlNamespace?: unknown;
  readonly timestampFormat?: string;
  readonly queryName?: string;
  readonly streaming?: boolean;
  readonly box?: boolean;
  readonly contextParam?: unknown;
  readonly deprecated?: boolean;
  readonly hostLabel?: boolean;
  readonly idempotencyToken?: boolean;
  readonly eventpayload?: boolean;
}

export interface SourceShape {
  readonly type: string;
  readonly documentation?: string;
  readonly members?: Readonly<Record<string, SourceMember>>;
  readonly member?: SourceMember;
  readonly key?: SourceMember;
  readonly value?: SourceMember;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly sensitive?: boolean;
  readonly flattened?: boolean;
  readonly box?: boolean;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
  readonly fault?: boolean;
  readonly timestampFormat?: string;
  readonly payload?: string;
  readonly streaming?: boolean;
  readonly synthetic?: boolean;
}

export interface SourceOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
  readonly errors?: readonly { readonly shape: string }[];
  readonly authtype?: string;
}

export interface Source {
  readonly metadata: Readonly<Record<string, string | undefined>>;
  readonly operations: Readonly<Record<string, SourceOperation>>;
  readonly shapes: Readonly<Record<string, SourceShape>>;
}

export const isError = (shape: SourceShape): boolean => shape.exception === true || shape.error !== undefined;

/** The code that an error has on the wire. */
export const codeOf = (name: string, shape: SourceShape): string => shape.error?.code ?? name;

export function shapeOf(source: Source, name: string): SourceShape {
  const shape = source.shapes[name];
  if (!shape) throw new Error(`the model names a shape that it lacks: ${name}`);
  return shape;
}

/** Botocore's `data` directory: the one given, else that of the botocore that python3 finds. */
export function findData(given: string | undefined): string {
  if (given !== undefined) return given;
  try {
    return execFileSync('python3', ['-c', 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))'], { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error('python3 finds no botocore; install one, or give the path of its data directory as the argument', { cause });
  }
}

/** The version of the botocore that a data directory belongs to. */
export function readVersion(data: string): string {
  const file = join(dirname(data), '__init__.py');
  const [, version] = (existsSync(file) && /^__version__ = '([\d.]+)'$/m.exec(readFileSync(file, 'utf8'))) || [];
  if (version === undefined) throw new Error(`${file} does not say which version of botocore this is`);
  return version;
}

/** The model of a service's newest API version. */
export function readSource(data: string, service: string): Source {
  const [file] = globSync(join(data, service, '*', 'service-2.json{,.gz}')).sort().reverse();
  if (file === undefined) throw new Error(`no service-2.json for ${service} below ${data}`);
  const bytes = readFileSync(file);
  const source = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Partial<Source>;
  if (!source.metadata || !source.operations || !source.shapes) throw new Error(`${file} is not a service model`);
  return source as Source;
}
