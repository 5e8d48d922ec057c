/** What npm does after it has installed a checkout: builds the console, and takes out of the packages what is large and nobody reads. */
import { existsSync, globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildConsole } from './build-console.ts';

const root = resolve(import.meta.dirname, '..');

/** Nearly a hundred megabytes: the headers of the pinned Node, which nothing is compiled against, and the languages of Cloudscape's calendars but English, its default. */
const unread = ['node_modules/node-*/include', 'node_modules/date-fns/{,esm/}locale/!(_lib|en-US|index.js|package.json)', 'node_modules/date-fns/{,esm/}fp'];

// A package that others installed is theirs: only a checkout has this folder.
if (existsSync(join(root, 'console'))) {
  await buildConsole();
  for (const path of globSync(unread, { cwd: root })) rmSync(join(root, path), { recursive: true });
}
