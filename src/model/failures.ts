/** The message of a ValidationError: how many failures there were, and each of them, in AWS's words. */

/** Limits of a message. What is beyond them is counted, or cut. */
export const failureLimits = {
  listedMax: 100,
  /** Of a value that is repeated. */
  echoLengthMax: 4_096,
} as const;

/** A member's name as messages write it: only its first letter changes (`SAMLAssertion` → `sAMLAssertion`, as seen on AWS). */
export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export class Failures {
  readonly #isValueEchoed: boolean;
  readonly #messages: string[] = [];
  #count = 0;
  #sentence: string | undefined;

  constructor(isValueEchoed: boolean) {
    this.#isValueEchoed = isValueEchoed;
  }

  /** `shown` is the value as a message may repeat it, undefined for one that must not be. */
  add(path: string, constraint: string, shown: string | undefined): void {
    const value = this.#isValueEchoed && shown !== undefined ? ` '${shown.slice(0, failureLimits.echoLengthMax)}'` : '';
    this.#push(`Value${value} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  addMissing(path: string): void {
    this.#push(`Value${this.#isValueEchoed ? ' null' : ''} at '${path}' failed to satisfy constraint: Member must not be null`);
  }

  /** A failure that AWS tells in a sentence of its own, and only where there is no other. */
  addInvalid(member: string, why: string): void {
    this.#sentence ??= `The specified value for ${member} is invalid. ${why}`;
  }

  message(): string {
    if (this.#count === 0 && this.#sentence !== undefined) return this.#sentence;
    return `${this.#count} validation error${this.#count === 1 ? '' : 's'} detected: ${this.#messages.join('; ')}`;
  }

  #push(message: string): void {
    this.#count++;
    if (this.#messages.length < failureLimits.listedMax) this.#messages.push(message);
  }
}
