/** What went wrong, as a person may be told: denied, refused, over, or failed. */
import { DoorRefusal } from './session.ts';

export interface Problem {
  /** `denied`: policies say no. `refused`: the request cannot be done as it is. `over`: the session has ended. `failed`: nobody knows; trying again may help. */
  readonly kind: 'denied' | 'refused' | 'over' | 'failed';
  /** AWS's name of the error. */
  readonly name: string;
  readonly message: string;
  /** By which a denial is explained. */
  readonly authorizationId: string | undefined;
  /** What is wrong with which member of the input, in the API's words, by the member's name in lower case. */
  readonly fields: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<string, Problem['kind']>> = {
  AccessDenied: 'denied', AccessDeniedException: 'denied', UnauthorizedOperation: 'denied',
  SessionOver: 'over', ExpiredToken: 'over', ExpiredTokenException: 'over', InvalidClientTokenId: 'over',
  InternalFailure: 'failed', ServiceUnavailable: 'failed', Throttling: 'failed', TypeError: 'failed', TimeoutError: 'failed', Unavailable: 'failed',
};

/** Any error of a client, of the door, or of the network. */
export function problemOf(thrown: unknown): Problem {
  if (!(thrown instanceof Error)) return { kind: 'failed', name: 'Error', message: String(thrown), authorizationId: undefined, fields: {} };
  const name = thrown instanceof DoorRefusal ? thrown.code : thrown.name.replace(/Exception$/, '');
  const kind = kinds[thrown.name] ?? kinds[name] ?? ('$metadata' in thrown || thrown instanceof DoorRefusal ? 'refused' : 'failed');
  const message = thrown instanceof TypeError ? 'Gatehouse could not be reached.' : thrown.message;
  return { kind, name, message, authorizationId: kind === 'denied' ? authorizationIdOf(thrown) : undefined, fields: name === 'ValidationError' ? fieldsOf(thrown.message) : {} };
}

/** A denial is explained by the id of its request. */
function authorizationIdOf(thrown: Error): string | undefined {
  if (thrown instanceof DoorRefusal) return thrown.authorizationId;
  const { requestId }: { requestId?: string } = '$metadata' in thrown && typeof thrown.$metadata === 'object' && thrown.$metadata !== null ? thrown.$metadata : {};
  return requestId;
}

/** AWS: `2 validation errors detected: Value 'x' at 'userName' failed to satisfy constraint: Member must …; Value …`. */
function fieldsOf(message: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, path = '', said = ''] of message.matchAll(/ at '([^']+)' failed to satisfy constraint: ((?:(?!; Value ).)+)/g)) found[path.split('.')[0]!.toLowerCase()] ??= said;
  return found;
}
