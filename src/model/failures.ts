/** What is said of an input that its model does not allow: how many failures there were, and each of them, in AWS's words; of EC2, whose words are others, the first. */
import { ApiError } from '../base/api-error.ts';
import type { Service } from './service.ts';

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
  /** Whether members are called what the wire calls them. */
  readonly isOfWire: boolean;
  readonly #code: string;
  readonly #messages: string[] = [];
  #count = 0;
  #sentence: string | undefined;
  #first: ApiError | undefined;

  constructor({ isValueEchoed, protocol, validationCode = 'ValidationError' }: Pick<Service, 'isValueEchoed' | 'protocol' | 'validationCode'>) {
    this.#code = validationCode;
    this.#isValueEchoed = isValueEchoed;
    this.isOfWire = protocol === 'ec2Query';
  }

  /** `shown` is the value as a message may repeat it, undefined for one that must not be. */
  add(path: string, constraint: string, shown: string | undefined): void {
    // GUESS: how EC2 goes on; that the value is not valid it says so.
    if (this.isOfWire) this.#first ??= new ApiError('InvalidParameterValue', `Value${shown === undefined ? '' : ` (${shown.slice(0, failureLimits.echoLengthMax)})`} for parameter ${path} is invalid. ${constraint}`);
    const value = this.#isValueEchoed && shown !== undefined ? ` '${shown.slice(0, failureLimits.echoLengthMax)}'` : '';
    this.#push(`Value${value} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  addMissing(path: string): void {
    if (this.isOfWire) this.#first ??= new ApiError('MissingParameter', `The request must contain the parameter ${path}`);
    this.#push(`Value${this.#isValueEchoed ? ' null' : ''} at '${path}' failed to satisfy constraint: Member must not be null`);
  }

  /** A failure that AWS tells in a sentence of its own, and only where there is no other. */
  addInvalid(member: string, why: string): void {
    this.#sentence ??= `The specified value for ${member} is invalid. ${why}`;
  }

  error(): ApiError {
    if (this.#first) return this.#first;
    if (this.#count === 0 && this.#sentence !== undefined) return new ApiError(this.#code, this.#sentence);
    return new ApiError(this.#code, `${this.#count} validation error${this.#count === 1 ? '' : 's'} detected: ${this.#messages.join('; ')}`);
  }

  #push(message: string): void {
    this.#count++;
    if (this.#messages.length < failureLimits.listedMax) this.#messages.push(message);
  }
}
