/** A table that was opened from a snapshot and its tail: whatever is asked first, it is what one put document after document would be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnyDefinition } from './layer.ts';
import { LiveTable } from './live-table.ts';

interface Doc { readonly Id: string; readonly Name: string; readonly Group?: string }
const definition = {
  key: (doc: Doc) => doc.Id, sort: (doc: Doc) => doc.Name,
  unique: { name: (doc: Doc) => doc.Name }, lists: { group: (doc: Doc) => doc.Group },
} as unknown as AnyDefinition;

const snapshot: readonly Doc[] = [{ Id: '3', Name: 'a' }, { Id: '1', Name: 'b', Group: 'x' }, { Id: '2', Name: 'c', Group: 'x' }];
/** Renames one, takes one away, adds one, takes away one that was added. */
const tail = (table: LiveTable): void => {
  table.put('1', { Id: '1', Name: 'z', Group: 'y' });
  table.delete('3');
  table.put('4', { Id: '4', Name: 'b', Group: 'x' });
  table.put('5', { Id: '5', Name: 'd' });
  table.delete('5');
  table.delete('6');
};

function opened(): LiveTable {
  const table = new LiveTable(definition);
  table.load(snapshot.slice(0, 2));
  table.load(snapshot.slice(2));
  tail(table);
  return table;
}

function putByPut(): LiveTable {
  const table = new LiveTable(definition);
  for (const doc of snapshot) table.put(doc.Id, doc);
  tail(table);
  return table;
}

const questions: Readonly<Record<string, (table: LiveTable) => unknown>> = {
  size: (table) => table.size,
  find: (table) => ['1', '2', '3', '4', '5'].map((key) => table.find(key)),
  findBy: (table) => ['a', 'b', 'c', 'd', 'z'].map((name) => table.findBy('name', name)),
  listBy: (table) => ['x', 'y'].map((group) => table.listBy('group', group)),
  countBy: (table) => ['x', 'y', 'z'].map((group) => table.countBy('group', group)),
  valuesOf: (table) => [...table.valuesOf('group')].sort(),
  all: (table) => [...table.all()],
  page: (table) => table.page({ after: 'b', limit: 1 }),
};

for (const [first, ask] of Object.entries(questions)) {
  test(`${first} asked first`, () => {
    const table = opened();
    assert.ok(table.roughSize >= table.size);
    const fresh = opened();
    assert.deepEqual(ask(fresh), ask(putByPut()));
    for (const [name, other] of Object.entries(questions)) assert.deepEqual(other(fresh), other(putByPut()), name);
  });
}

test('prepared beforehand, in steps of whatever size, it answers the same, and takes writes', () => {
  for (const slice of [1, 2, 100]) {
    const [table, other] = [opened(), putByPut()];
    let steps = 0;
    for (const _ of table.prepare(slice)) steps++;
    assert.ok(steps >= 2);
    for (const each of [table, other]) {
      each.put('9', { Id: '9', Name: 'aa', Group: 'y' });
      each.delete('2');
    }
    for (const [name, ask] of Object.entries(questions)) assert.deepEqual(ask(table), ask(other), name);
    assert.deepEqual([...table.prepare(slice)], []);
  }
});

test('what is written after the first question is found, too', () => {
  const table = opened();
  table.find('1');
  table.put('7', { Id: '7', Name: 'e', Group: 'y' });
  table.delete('2');
  assert.deepEqual([...table.all()].map((doc) => (doc as Doc).Id), ['4', '7', '1']);
  assert.equal(table.size, 3);
});
