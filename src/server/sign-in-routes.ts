/** The routes of the sign-in door as the server sees them: what each name is called with. The door itself is handed in, and loaded with the first request for it. */
import type { IdentifiedCaller } from '../base/caller.ts';
import type { ConsoleSession } from '../store/console-sessions.ts';
import type { Answer, HttpRequest } from './http-request.ts';

/** A live session whose cookie came with the request. */
export interface SignedIn { readonly session: ConsoleSession; readonly secret: string }

export interface Visit<Who> {
  readonly request: HttpRequest;
  readonly signedIn: Who;
  readonly call: (caller: IdentifiedCaller, action: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

type Routes<Names extends string, Who> = { readonly [Name in Names]: (visit: Visit<Who>) => Promise<Answer> };

/** Steps of whoever is not signed in yet. */
export type StepName = 'password' | 'mfa' | 'newPassword' | 'federated';
/** What shows something of a session, and what does something with one. */
export type ShownName = 'session' | 'sessions';
export type DoneName = 'credentials' | 'switchRole' | 'switchBack' | 'changePassword' | 'beginPasskey' | 'finishPasskey' | 'authorize' | 'signOut';
/** What AWS's clients and tools call, with what proves itself. */
export type PresentedName = 'federation' | 'oauthToken';
export type PageName = 'signInPage' | 'switchRoleLink' | 'passkeyScript' | 'authorizePage' | 'consolePage' | 'nothingHere';

export interface SignInDoor {
  readonly steps: Routes<StepName, undefined>;
  readonly shown: Routes<ShownName, SignedIn>;
  readonly done: Routes<DoneName, SignedIn>;
  readonly presented: Routes<PresentedName, undefined>;
  readonly pages: Routes<PageName, SignedIn | undefined>;
  findSession(request: HttpRequest): Promise<SignedIn | undefined>;
  holdsToken(request: HttpRequest, signedIn: SignedIn): boolean;
  /** The answer to whoever has no session where one is needed. */
  sessionOver(request: HttpRequest): Answer;
}
