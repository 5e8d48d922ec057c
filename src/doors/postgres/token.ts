/** A database token: a presigned request without its scheme, taken apart. Source: "IAM database authentication" (Amazon RDS User Guide); `aws rds generate-db-auth-token`. */
import type { SignedRequest } from '../../proof/signed-request.ts';
import { postgresDoorLimits } from './limits.ts';

export interface DatabaseToken {
  /** `db.example.com:5432`: where the token is good. */
  readonly authority: string;
  readonly dbUser: string;
  /** What was signed. */
  readonly request: SignedRequest;
}

const form = /^([\w.-]{1,255}:\d{1,5}|\[[0-9a-fA-F:.]{2,45}\]:\d{1,5})\/\?([\x21-\x7e]+)$/;
const noBody = new Uint8Array(0);

/** Undefined for what is no token. Whether it is true is for the one verifier of signatures to say. */
export function readToken(text: string): DatabaseToken | undefined {
  if (text.length > postgresDoorLimits.tokenLengthMax) return undefined;
  const [whole, authority, query] = form.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const parameters = query!.split('&').map((pair) => pair.split('=', 2) as [string, string?]);
  const only = (name: string): string | undefined => {
    const values = parameters.filter(([other]) => other === name);
    return values.length === 1 ? values[0]![1] : undefined;
  };
  const dbUser = decoded(only('DBUser'));
  if (only('Action') !== 'connect' || dbUser === undefined) return undefined;
  return { authority: authority!, dbUser, request: { method: 'GET', target: `/?${query}`, rawHeaders: ['host', authority!], body: noBody } };
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    // A malformed escape names nobody.
    return undefined;
  }
}
