/** Tables and the overlays above them against a plain model: whatever is changed, in whatever layer, every way of reading agrees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnyDefinition, Layer } from './layer.ts';
import { LiveTable } from './live-table.ts';
import { Overlay } from './overlay.ts';

interface Doc { readonly id: string; readonly name: string; readonly group?: string }

// An edge: the test's own documents, read through the test's own definition.
const definition = {
  key: (doc: Doc) => doc.id,
  unique: { name: (doc: Doc) => doc.name.toLowerCase() },
  lists: { group: (doc: Doc) => doc.group },
  sort: (doc: Doc) => doc.name.toLowerCase(),
} as unknown as AnyDefinition;

const docs: fc.Arbitrary<Doc> = fc.record({ id: fc.integer({ min: 0, max: 12 }).map(String), name: fc.constantFrom('a', 'B', 'b', 'c', 'D', 'd', 'e', 'f', 'g'), group: fc.constantFrom('x', 'y') }, { requiredKeys: ['id', 'name'] });
type Step = readonly ['insert' | 'update' | 'remove', Doc];
const steps = fc.array(fc.tuple(fc.constantFrom('insert', 'insert', 'update', 'remove'), docs) as fc.Arbitrary<Step>, { maxLength: 25 });

/** What a table should do, without an index. */
class Model {
  readonly docs = new Map<string, Doc>();

  perform([what, doc]: Step): boolean {
    const isThere = this.docs.has(doc.id);
    if (what === 'remove') return this.docs.delete(doc.id);
    const isTaken = [...this.docs.values()].some((other) => other.id !== doc.id && other.name.toLowerCase() === doc.name.toLowerCase());
    if (isTaken || isThere === (what === 'insert')) return false;
    this.docs.set(doc.id, doc);
    return true;
  }

  sorted(): Doc[] {
    return [...this.docs.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  }
}

function assertSame(table: Layer, model: Model): void {
  const sorted = model.sorted();
  assert.equal(table.size, sorted.length);
  assert.deepEqual([...table.all()], sorted);
  for (let id = 0; id <= 12; id++) assert.deepEqual(table.find(String(id)), model.docs.get(String(id)));
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) assert.deepEqual(table.findBy('name', name), sorted.find((doc) => doc.name.toLowerCase() === name));
  for (const group of ['x', 'y', 'z']) {
    const listed = sorted.filter((doc) => doc.group === group).sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual([...table.listBy('group', group)], listed);
    assert.equal(table.countBy('group', group), listed.length);
  }
  assert.deepEqual([...table.valuesOf('group')].sort(), [...new Set(sorted.flatMap(({ group }) => group ?? []))].sort());
  const paged: object[] = [];
  for (let after: string | undefined, isLast = false; !isLast;) {
    const { docs: page, next } = table.page({ after, limit: 2 });
    assert.ok(page.length <= 2);
    paged.push(...page);
    after = next;
    isLast = next === undefined;
  }
  assert.deepEqual(paged, sorted);
}

function perform(overlay: Overlay, model: Model, all: readonly Step[]): void {
  const table = overlay.table('docs');
  for (const step of all) {
    const [what, doc] = step;
    // An update of what is not there is a mistake of the caller's, and throws.
    if (what === 'update' && !model.docs.has(doc.id)) assert.throws(() => table.update(doc), /does not exist/);
    else assert.equal(what === 'remove' ? table.remove(doc.id) : table[what](doc), model.perform(step));
  }
}

const over = (table: LiveTable) => new Overlay({ table: () => table });

/** Puts changes into a live table, as a durable entry does. */
function apply(table: LiveTable, overlay: Overlay): void {
  for (const { key, value } of overlay.changes()) {
    if (value === null) table.delete(key);
    else table.put(key, value);
  }
}

test('an overlay reads as the table would after its changes, and the table below as before', () => {
  fc.assert(fc.property(steps, steps, steps, (base, first, second) => {
    const live = new LiveTable(definition);
    const model = new Model();
    const below = over(live);
    perform(below, model, base);
    apply(live, below);
    assertSame(live, model);
    const before = [...live.all()];
    const pending = over(live);
    perform(pending, model, first);
    assertSame(pending.table('docs'), model);
    const draft = new Overlay(pending);
    perform(draft, model, second);
    assertSame(draft.table('docs'), model);
    assert.deepEqual([...live.all()], before);
    // Folded into what is pending, and from there into what is durable, it is still the same.
    pending.fold(draft.changes());
    assertSame(pending.table('docs'), model);
    apply(live, pending);
    assertSame(live, model);
  }));
});

test('a layer that comes to rest on the durable table shows what it showed', () => {
  fc.assert(fc.property(steps, steps, steps, (base, first, second) => {
    const live = new LiveTable(definition);
    const model = new Model();
    const below = over(live);
    perform(below, model, base);
    apply(live, below);
    const lower = over(live);
    perform(lower, model, first);
    const upper = new Overlay(lower);
    perform(upper, model, second);
    apply(live, lower);
    upper.rest({ table: () => live });
    assertSame(upper.table('docs'), model);
    const draft = new Overlay(upper);
    perform(draft, model, first);
    assertSame(draft.table('docs'), model);
  }));
});

test('an index reads the same whenever it is first used', () => {
  fc.assert(fc.property(steps, steps, fc.boolean(), (first, second, isUsedBetween) => {
    const live = new LiveTable(definition);
    const model = new Model();
    for (const all of [first, second]) {
      const changes = over(live);
      perform(changes, model, all);
      apply(live, changes);
      if (isUsedBetween) assertSame(live, model);
    }
    assertSame(live, model);
  }));
});

test('a document that came and went in a draft leaves no change', () => {
  const draft = over(new LiveTable(definition));
  const table = draft.table('docs');
  assert.ok(table.insert({ id: '1', name: 'a' }));
  assert.ok(table.remove('1'));
  assert.deepEqual(draft.changes(), []);
});

test('what is kept of a draft that has run changes nothing any more', () => {
  const draft = over(new LiveTable(definition));
  const table = draft.table('docs');
  draft.close();
  assert.throws(() => table.insert({ id: '1', name: 'a' }), /after it had run/);
});
