/** A process of its own that writes users and prints the name of each once it is acknowledged: `FILE NAME COUNT`. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { sqliteJournal } = await import('../../src/store/journals/sqlite.ts');
const { account, insertUser, openTestStore } = await import('./journals.ts');
const [file = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openTestStore(sqliteJournal(file));
await store.account(account);
for (let i = 0; i < Number(count); i++) {
  if (!(await insertUser(store, `${name}-${i}`))) throw new Error(`${name}-${i} is taken`);
  process.stdout.write(`${name}-${i}\n`);
}
await store.close();
