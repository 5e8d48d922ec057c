/** The console as it was built: one page, and files whose names hold their content's hash, each read once and sent as the browser takes it. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, HttpRequest } from './http-request.ts';

/** Where scripts/build-console.ts puts it, seen from here and from the program that is published. */
export const builtConsole = fileURLToPath(new URL('../../dist/console', import.meta.url));

export interface ConsoleFiles {
  /** The page, whatever its path; undefined where no console was built. */
  page(request: HttpRequest): Answer | undefined;
  /** A file of it by its path below the console's; undefined for what it does not have. */
  asset(request: HttpRequest, name: string): Answer | undefined;
}

/** Where none was built. */
export const noConsole: ConsoleFiles = { page: () => undefined, asset: () => undefined };

/** What a file is, by how its name ends. A kind that is not here is not served. */
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', woff2: 'font/woff2', png: 'image/png',
};

/** The best first. Each stands beside its file, whose name it makes longer. */
const encodings = [{ name: 'br', ending: '.br' }, { name: 'gzip', ending: '.gz' }] as const;

/**
 * Script, style and requests from here only, nothing inline and nothing evaluated. Source for what Cloudscape asks for: "Content security policy" (Cloudscape Design System):
 * `font-src data:` and `img-src blob:` beside its own origin.
 */
const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

export function openConsoleFiles(folder: string): ConsoleFiles {
  let names: ReadonlySet<string> | undefined;
  const read = new Map<string, Uint8Array>();
  /** Only what a listing of the folder has is ever read: no path that somebody sends is. */
  const has = (name: string): boolean => (names ??= new Set(namesIn(folder))).has(name);
  const bytesOf = (name: string): Uint8Array => {
    const known = read.get(name);
    if (known) return known;
    const bytes = readFileSync(`${folder}/${name}`);
    read.set(name, bytes);
    return bytes;
  };
  const answer = (request: HttpRequest, name: string, headers: Readonly<Record<string, string>>): Answer | undefined => {
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined || !has(name)) return undefined;
    const encoding = encodings.find(({ name: encoding, ending }) => takes(request, encoding) && has(`${name}${ending}`));
    return { status: 200, headers: { 'Content-Type': type, Vary: 'Accept-Encoding', ...(encoding && { 'Content-Encoding': encoding.name }), ...headers }, body: bytesOf(`${name}${encoding?.ending ?? ''}`) };
  };
  return {
    page: (request) => answer(request, 'index.html', pageHeaders),
    asset: (request, name) => answer(request, `assets/${name}`, { 'Cache-Control': 'public, max-age=31536000, immutable' }),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  } catch (cause) {
    // A checkout whose console was not built has none.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** Whether the browser takes that encoding. Source: RFC 9110, section 12.5.3. */
const takes = (request: HttpRequest, encoding: string): boolean =>
  (request.header('accept-encoding') ?? '').split(',').some((one) => { const [name, ...parameters] = one.trim().toLowerCase().split(/\s*;\s*/); return name === encoding && !parameters.includes('q=0'); });
