/** A part of the build: cuts data/authorization-reference.json into chunks of neighbouring services, so that a browser fetches the few that somebody looks at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const name = 'virtual:authorization-reference';
const resolved = `\0${name}`;

/** Characters of a slice, as far as no single service is longer; compressed it is a tenth. */
const sliceLengthMax = 96 * 1024;

interface Slices { readonly services: readonly (readonly [prefix: string, name: string, slice: number])[]; readonly slices: readonly Readonly<Record<string, unknown>>[] }

function cut(file: string): Slices {
  // An edge: the file that scripts/refresh-authorization-reference.ts wrote.
  const data = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly name: string }>>;
  const slices: Record<string, unknown>[] = [{}];
  let length = 0;
  const services = Object.entries(data).map(([prefix, service]) => {
    const own = JSON.stringify(service).length;
    if (length > 0 && length + own > sliceLengthMax) {
      slices.push({});
      length = 0;
    }
    length += own;
    slices.at(-1)![prefix] = service;
    return [prefix, service.name, slices.length - 1] as const;
  });
  return { services, slices };
}

export function authorizationSlices(): Plugin {
  let made: Slices | undefined;
  const all = (): Slices => (made ??= cut(join(import.meta.dirname, '..', 'data', 'authorization-reference.json')));
  return {
    name: 'authorization-slices',
    resolveId: { filter: { id: /^virtual:authorization-reference/ }, handler: (id) => `\0${id}` },
    load: {
      filter: { id: /^\0virtual:authorization-reference/ },
      handler(id) {
        if (id === resolved) return `export const services = ${JSON.stringify(all().services)};\nexport const loadSlice = [${all().slices.map((_, i) => `() => import(${JSON.stringify(`${name}/${i}`)})`).join(', ')}];`;
        // Parsed as JSON it is there sooner than as a program.
        return `export default JSON.parse(${JSON.stringify(JSON.stringify(all().slices[Number(id.slice(resolved.length + 1))]))});`;
      },
    },
  };
}
