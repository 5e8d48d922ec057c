/** A request of which only some is known: the values of some condition keys, and perhaps not the resource. What is not known is open, and is supposed to be whatever grants most, or least. */
import type { ContextValue, RequestContext } from '../types.ts';

/** Says of a key that its value is not known, and that it may be missing. */
export const open = Symbol('open');

/** The value of a key, in lower case; undefined where a request of this caller never has it. */
export type KnownKeys = (key: string) => ContextValue | undefined | typeof open;

/** Thrown where a decision needs what is open; always the same one. */
export class OpenKey extends Error {
  override readonly name = 'OpenKey';
}

const openKey = new OpenKey('the value of a condition key is open');

export class SupposedContext implements RequestContext {
  readonly #known: KnownKeys;
  /** Where the resource is open: the form that its ARN has, as AWS lists it (`arn:${Partition}:s3:::${BucketName}`). */
  readonly resourceForm: string | undefined;
  /** Whether what is open is taken for what grants most. */
  isGenerous = true;

  constructor(known: KnownKeys, resourceForm?: string) {
    this.#known = known;
    this.resourceForm = resourceForm;
  }

  /** Throws OpenKey. */
  get(key: string): ContextValue | undefined {
    const value = this.#known(key);
    if (value === open) throw openKey;
    return value;
  }
}
