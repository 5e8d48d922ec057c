/** Run by the bench of opening: opens a journal as Gatehouse does (`store`), or only reads and parses its rows (`rows`), and prints the milliseconds of CPU time that it took. */
import { DatabaseSync } from 'node:sqlite';
import { sqliteJournal } from '../src/store/journals/sqlite.ts';
import { openStore } from '../src/store/open.ts';
import { random, warn } from './population.ts';

const [mode = '', file = '', account = '', entities = ''] = process.argv.slice(2);

/** Each does its work, and gives what tells afterwards how many entities were found. */
const work: Readonly<Record<string, () => (() => number) | Promise<() => number>>> = {
  async store() {
    const store = await openStore({ journal: sqliteJournal(file), clock: Date.now, random, warn });
    const view = await store.account(account);
    // As the first requests do: a look for the caller's key, for a user by name, and a page of users put together what only that needs.
    if (view!.accessKeys.find('AKIANOBODYS') || !view!.users.findBy('name', 'user-0') || view!.users.page({ limit: 100 }).docs.length !== 100) throw new Error('the users are not there');
    return () => view!.users.size + view!.roles.size + view!.accessKeys.size + view!.policies.size;
  },
  rows() {
    const database = new DatabaseSync(file);
    const rows = [
      ...database.prepare('SELECT table_name, body FROM snapshots ORDER BY stream, revision, part').all(),
      ...database.prepare('SELECT e.stream, e.revision, e.body FROM entries e LEFT JOIN snapshot_heads h ON h.stream = e.stream WHERE e.revision > coalesce(h.revision, 0) ORDER BY e.stream, e.revision').all(),
    ];
    // A part of a snapshot is one text; of a commit's entries each is a line, behind its id.
    const parsed: unknown[] = rows.flatMap(({ body }) => String(body).split('\n').map((line) => JSON.parse(line.startsWith('[') ? line : line.slice(line.indexOf(' ')))));
    // Whatever way they are kept, so many there must be.
    return () => (parsed.length > 0 ? Number(entities) : 0);
  },
};

const before = process.cpuUsage();
const found = await work[mode]!();
const { user, system } = process.cpuUsage(before);
if (found() !== Number(entities)) throw new Error(`${found()} entities were found`);
process.stdout.write(String((user + system) / 1000));
process.exit();
