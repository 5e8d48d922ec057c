/** A list kept in order of its keys, cheap to insert into at any size: short sorted chunks, one after the other. */

const chunkSizeMax = 512;

interface Chunk<Value> { readonly keys: string[]; readonly values: Value[] }

/** Keys are unique and ordered by UTF-16 code units. */
export class SortedList<Value> {
  #chunks: Chunk<Value>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    const chunk = this.#chunks[this.#chunkOf(key)];
    if (chunk === undefined) return undefined;
    const i = lowerBound(chunk.keys, key);
    return chunk.keys[i] === key ? chunk.values[i] : undefined;
  }

  /** Takes both arrays over as they are, where they are in order and behind all that the list holds. False, and nothing done, where they are not. */
  append(keys: string[], values: Value[]): boolean {
    if (keys.length > chunkSizeMax) return false;
    let before = this.#chunks.at(-1)?.keys.at(-1);
    for (const key of keys) {
      if (before !== undefined && before >= key) return false;
      before = key;
    }
    if (keys.length > 0) this.#chunks.push({ keys, values });
    this.#size += keys.length;
    return true;
  }

  /** Inserts the value, or replaces the one that has the key. */
  set(key: string, value: Value): void {
    const last = this.#chunks.at(-1);
    if (last === undefined || last.keys.at(-1)! < key) {
      this.#push(last, key, value);
      return;
    }
    const c = this.#chunkOf(key);
    const chunk = this.#chunks[c]!;
    const i = lowerBound(chunk.keys, key);
    if (chunk.keys[i] === key) {
      chunk.values[i] = value;
      return;
    }
    chunk.keys.splice(i, 0, key);
    chunk.values.splice(i, 0, value);
    this.#size++;
    if (chunk.keys.length > chunkSizeMax) {
      const half = chunkSizeMax / 2;
      this.#chunks.splice(c + 1, 0, { keys: chunk.keys.splice(half), values: chunk.values.splice(half) });
    }
  }

  /** Removes the value from under the key; nothing happens when another value stands there. */
  delete(key: string, value: Value): boolean {
    const c = this.#chunkOf(key);
    const chunk = this.#chunks[c];
    if (chunk === undefined) return false;
    const i = lowerBound(chunk.keys, key);
    if (chunk.keys[i] !== key || chunk.values[i] !== value) return false;
    chunk.keys.splice(i, 1);
    chunk.values.splice(i, 1);
    this.#size--;
    if (chunk.keys.length === 0) this.#chunks.splice(c, 1);
    return true;
  }

  /** All values in order. The array may be the list's own: it is not to be changed, nor kept across a change of the list. */
  values(): readonly Value[] {
    if (this.#chunks.length === 1) return this.#chunks[0]!.values;
    return this.#chunks.flatMap((chunk) => chunk.values);
  }

  /** All values in order, some hundreds at a time. Neither the list nor its parts are to be changed while they are read. */
  *parts(): Generator<readonly Value[], undefined> {
    for (const { values } of this.#chunks) yield values;
    return undefined;
  }

  /** The values whose keys follow `key`, or all of them. The list is not to be changed while it is read. */
  *after(key?: string): Generator<Value, undefined> {
    let c = key === undefined ? 0 : this.#chunkOf(key);
    if (key !== undefined && c < this.#chunks.length) {
      const { keys, values } = this.#chunks[c]!;
      let i = lowerBound(keys, key);
      if (keys[i] === key) i++;
      for (; i < values.length; i++) yield values[i]!;
      c++;
    }
    for (; c < this.#chunks.length; c++) yield* this.#chunks[c]!.values;
    return undefined;
  }

  /** A key beyond the last one fills chunks whole. */
  #push(last: Chunk<Value> | undefined, key: string, value: Value): void {
    this.#size++;
    if (last === undefined || last.keys.length >= chunkSizeMax) {
      this.#chunks.push({ keys: [key], values: [value] });
      return;
    }
    last.keys.push(key);
    last.values.push(value);
  }

  /** The first chunk whose last key is not before `key`; the number of chunks when there is none. */
  #chunkOf(key: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.keys.at(-1)! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The index of the first key that is not before `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
