/** Whom an operation is about when it names no user: the owner of the credentials that signed it. Source: "CreateAccessKey", "GetUser" and their siblings (IAM API Reference). */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView } from '../../store/store.ts';
import { getUser, userAsk } from './lookup.ts';

/** What is needed to tell: any operation's context has it, and in a draft the draft is the view. */
interface Asked { readonly caller: IdentifiedCaller; readonly view: AccountView; readonly error: Raise<never> }

/** The unique id that a subject's credentials hang on, and its name; root has none. */
export interface Subject { readonly principalId: string; readonly UserName: string | undefined }

/** The name of the user that is meant; undefined when it is root. */
function subjectName(UserName: string | undefined, { caller, view, error }: Asked): string | undefined {
  if (UserName !== undefined) return UserName;
  if (caller.kind === 'root') return undefined;
  // By its id: in between the user may have been renamed, and its name be another's now.
  if (caller.kind === 'user') return view.users.find(caller.principalId)?.UserName ?? caller.userName;
  throw error('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/** Asks for the subject: a user, or root itself. */
export function subjectAsk(UserName: string | undefined, asked: Asked): Ask {
  const name = subjectName(UserName, asked);
  return name === undefined ? { resource: arn.root(asked.view.account) } : userAsk(asked.view, name);
}

/** The subject; raises NoSuchEntity for a user that does not exist. */
export function getSubject(UserName: string | undefined, asked: Asked & { readonly error: Raise<'NoSuchEntity'> }): Subject {
  const name = subjectName(UserName, asked);
  if (name === undefined) return { principalId: asked.view.account, UserName: undefined };
  const user = getUser(asked.view, name, asked.error);
  return { principalId: user.UserId, UserName: user.UserName };
}
