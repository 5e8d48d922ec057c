/** An account as S3 names it: by a canonical user id. Source: "Access control list (ACL) overview", "Canonical user ID" (S3 User Guide). */
import { hash } from 'node:crypto';

export interface CanonicalUser { readonly ID: string; readonly DisplayName: string }

const known = new Map<string, CanonicalUser>();
const knownMax = 10_000;

/** Sixty-four hexadecimal digits that are one account's for ever. */
export function canonicalUser(account: string): CanonicalUser {
  let user = known.get(account);
  if (!user) {
    if (known.size >= knownMax) known.clear();
    known.set(account, (user = { ID: hash('sha256', `canonical user ${account}`), DisplayName: account }));
  }
  return user;
}
