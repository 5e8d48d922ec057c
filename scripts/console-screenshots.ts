/** Makes a picture of every page of the console, light and dark, in .cache/console/, to be looked at: `node bin/run scripts/console-screenshots.ts [WORD…]`. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConsoleRig } from '../test/console/browser.ts';
import type { Person } from '../test/console/browser.ts';

const folder = join(resolve(import.meta.dirname, '..'), '.cache', 'console');

interface Shot { readonly name: string; /** By path, or by what a person does to get there. */ readonly show: (person: Person, rig: ConsoleRig) => Promise<void> }

const at = (name: string, path: string): Shot => ({ name, show: async ({ go }) => go(path) });

/** One row a picture; a new page gets one. */
const shots: readonly Shot[] = [
  at('dashboard', ''),
];

const words = process.argv.slice(2);
const wanted = shots.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

const rig = new ConsoleRig();
mkdirSync(folder, { recursive: true });
await rig.start();
try {
  for (const isDark of [false, true]) {
    const person = await rig.signedIn('admin', { isDark });
    for (const { name, show } of wanted) {
      await show(person, rig);
      await person.page.waitForLoadState('networkidle');
      await person.page.screenshot({ path: join(folder, `${name}${isDark ? '-dark' : ''}.png`) });
    }
  }
} finally {
  await rig.stop();
}
