/** A table that was opened from a snapshot and its tail: whatever is asked first, it is what one put document after document would be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnyDefinition } from './layer.ts';
import { LiveTable } from './live-table.ts';

interface Doc { readonly Id: string; readonly Name: string; readonly Group?: string }
const byName = {
  key: (doc: Doc) => doc.Id, sort: 'name',
  unique: { name: (doc: Doc) => doc.Name }, lists: { group: (doc: Doc) => doc.Group },
} as unknown as AnyDefinition;
/** The ways in which a table may be sorted. The snapshot is in the order of the first; of the others it is older. */
const definitions: Readonly<Record<string, AnyDefinition>> = {
  'by an index': byName,
  'by a function': { ...byName, sort: (doc) => `~${(doc as Doc).Name}` },
  'by key': { key: byName.key, unique: byName.unique, lists: byName.lists },
  'backwards': { ...byName, sort: (doc) => String.fromCharCode(0xff - (doc as Doc).Name.charCodeAt(0)) },
};

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

function opened(definition: AnyDefinition): LiveTable {
  const table = new LiveTable(definition);
  table.load(JSON.stringify(snapshot.slice(0, 2)));
  table.load(JSON.stringify(snapshot.slice(2)));
  tail(table);
  return table;
}

function putByPut(definition: AnyDefinition): LiveTable {
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

for (const [how, definition] of Object.entries(definitions)) {
  for (const [first, ask] of Object.entries(questions)) {
    test(`${first} asked first, of a table sorted ${how}`, () => {
      const fresh = opened(definition);
      assert.deepEqual(ask(fresh), ask(putByPut(definition)));
      for (const [name, other] of Object.entries(questions)) assert.deepEqual(other(fresh), other(putByPut(definition)), name);
    });
  }

  test(`prepared beforehand, in steps of whatever size, a table sorted ${how} answers the same, and takes writes`, () => {
    for (const [slice, hasIndexes] of [[1, true], [2, true], [100, true], [1, false]] as const) {
      const [table, other] = [opened(definition), putByPut(definition)];
      let steps = 0;
      for (const _ of table.prepare({ slice, hasIndexes })) steps++;
      assert.ok(steps >= 2);
      for (const each of [table, other]) {
        each.put('9', { Id: '9', Name: 'aa', Group: 'y' });
        each.delete('2');
      }
      for (const [name, ask] of Object.entries(questions)) assert.deepEqual(ask(table), ask(other), name);
      assert.deepEqual([...table.prepare({ slice, hasIndexes })], []);
    }
  });

  test(`what is written after the first question to a table sorted ${how} is found, too`, () => {
    const [table, other] = [opened(definition), putByPut(definition)];
    table.find('1');
    for (const each of [table, other]) {
      each.put('7', { Id: '7', Name: 'e', Group: 'y' });
      each.delete('2');
    }
    assert.equal(table.size, 3);
    for (const [name, ask] of Object.entries(questions)) assert.deepEqual(ask(table), ask(other), name);
  });
}

test('a snapshot of a table that nobody asked for, and nothing changed, is the texts that it was opened with', () => {
  const table = new LiveTable(byName);
  const text = JSON.stringify(snapshot);
  table.load(text);
  assert.deepEqual(table.contents(), { texts: [text] });
  const changed = opened(byName);
  assert.deepEqual(changed.contents(), { docs: [...putByPut(byName).all()] });
});

test('two documents that swap their names are both found', () => {
  const table = new LiveTable(byName);
  table.load(JSON.stringify(snapshot));
  table.find('1');
  for (const [Id, Name] of [['3', 'b'], ['1', 'a']] as const) table.put(Id, { Id, Name });
  assert.deepEqual(['a', 'b', 'c'].map((name) => table.findBy('name', name)), [{ Id: '1', Name: 'a' }, { Id: '3', Name: 'b' }, { ...snapshot[2] }]);
  assert.equal(table.size, 3);
});
