/** Which operations only read, by AWS's own naming: what CloudTrail calls readOnly. */
import type { Operation } from '../model/service.ts';

const readingVerb = /^(Get|List|Describe|Head|Simulate|BatchGet|Lookup|Filter|Decode|Validate|Check)(?=[A-Z]|$)/;
/** Named like a reader, yet what they hand out are credentials. */
const issuing: ReadonlySet<string> = new Set(['GetSessionToken', 'GetFederationToken', 'GetWebIdentityToken', 'GetDelegatedAccessToken']);

const known = new WeakMap<Operation, boolean>();

export function isReadOnly(operation: Operation): boolean {
  let answer = known.get(operation);
  if (answer === undefined) {
    answer = readingVerb.test(operation.name) && !issuing.has(operation.name);
    known.set(operation, answer);
  }
  return answer;
}
