/** A cache that cannot grow: two generations of entries, the older one dropped whole when the younger is full. */

/**
 * Finds in constant time and keeps no order: what was used since the generations last changed survives the next change. `weigh`
 * says how much of `weightMax` an entry takes (1 each where it is left out).
 */
export class BoundedCache<Key, Value extends object> {
  readonly #generationWeightMax: number;
  readonly #weigh: (key: Key, value: Value) => number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();
  #youngWeight = 0;

  constructor(weightMax: number, weigh: (key: Key, value: Value) => number = () => 1) {
    this.#generationWeightMax = weightMax / 2;
    this.#weigh = weigh;
  }

  /** The number of entries held. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  find(key: Key): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older === undefined) return undefined;
    this.insert(key, older);
    return older;
  }

  /** Adds or replaces. An entry heavier than a whole generation is not kept. */
  insert(key: Key, value: Value): void {
    this.remove(key);
    const weight = this.#weigh(key, value);
    if (weight > this.#generationWeightMax) return;
    if (this.#youngWeight + weight > this.#generationWeightMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngWeight = 0;
    }
    this.#young.set(key, value);
    this.#youngWeight += weight;
  }

  remove(key: Key): void {
    this.#old.delete(key);
    const value = this.#young.get(key);
    if (value === undefined) return;
    this.#young.delete(key);
    this.#youngWeight -= this.#weigh(key, value);
  }
}
