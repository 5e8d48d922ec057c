/** The licences of the packages that are put into what is published: each asks that its text goes along. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The folder of the package that a module is of, from the root; undefined for one of ours. */
const packageOf = (moduleId: string): string | undefined => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(relative(root, moduleId).replaceAll(sep, '/'))?.[0];

/** The name, version and licence of each package that one of the modules is of. One without a file of its own stands in NOTICE, or the build stops. */
export function licences(moduleIds: readonly string[]): string {
  const packages = new Set(moduleIds.map((id) => packageOf(id.replace(/[?\0].*$/, ''))).filter((name) => name !== undefined));
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  const texts = [...packages].map((path) => {
    const folder = join(root, path);
    // Of old the licence was a list.
    const { name, version, licenses = [], license = licenses.map(({ type }) => type).join(', ') }: { name: string; version: string; license?: string; licenses?: { type: string }[] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined && !notice.includes(`\n---- ${name} ----\n`)) throw new Error(`${name} brings no file with its licence: add its text to NOTICE`);
    return `${name} ${version} (${license})\n\n${file === undefined ? 'Its licence stands in NOTICE.' : readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`);
}
