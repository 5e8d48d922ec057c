/** Switching to a role and back: sts:AssumeRole itself, asked for as whoever signed in. Source: "Switching to a role (console)" (IAM User Guide). */
import { ApiError } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { ConsoleClaims, ConsoleSession, SwitchedRole } from '../../store/console-sessions.ts';
import { foldCase } from '../../store/tables.ts';
import type { DoorParts } from './parts.ts';
import { identityOfCaller, record } from './events.ts';
import { accountNumber } from './identity.ts';
import { limits } from './limits.ts';
import { refusal } from './refusal.ts';
import { optionalText, readFields, requiredText } from './request.ts';
import type { SignedInVisit } from './request.ts';
import { findCaller, originalClaims } from './sessions.ts';

/** A role's name with the path before it. Source: CreateRole, RoleName and Path (IAM API Reference). */
const roleNameForm = /^(?:[\x21-\x2e\x30-\x7e]+\/)*[\w+=,.@-]{1,64}$/;
const colorForm = /^#?([0-9A-Fa-f]{6})$/;
const defaultColor = 'D13212';

/** Seconds. Source: AssumeRole, DurationSeconds (STS API Reference). */
const seconds = { min: 900, default: 3_600 } as const;

/** The session with the role that it acts as from now on. Raises SwitchRoleFailed, whatever the reason. */
export async function switchRole(parts: DoorParts, { request, signedIn: { session }, call }: SignedInVisit): Promise<{ readonly session: ConsoleSession; readonly role: SwitchedRole }> {
  const fields = readFields(request);
  const account = requiredText(fields, 'account', limits.identityLengthMax).trim();
  const roleName = requiredText(fields, 'roleName', 576).trim().replace(/^\//, '');
  const displayName = optionalText(fields, 'displayName', limits.displayNameLengthMax)?.trim() || `${roleName.slice(roleName.lastIndexOf('/') + 1)} @ ${account}`.slice(0, limits.displayNameLengthMax);
  const color = colorForm.exec(optionalText(fields, 'color', 7) ?? defaultColor)?.[1];
  if (color === undefined) throw refusal('InvalidRequest', 'color must be six hexadecimal digits.');
  // The original identity asks, also where the session acts as a role already.
  const view = await parts.store.account(session.account);
  const caller = view && findCaller(view, originalClaims(session, session.endsAt));
  if (!caller) throw refusal('SessionOver');
  const number = accountNumber(parts, account);
  const claims = number !== undefined && roleNameForm.test(roleName) ? await assumed(parts, call, session, caller, `${arn.role(number, '/', '')}${roleName}`, request.receivedAt) : undefined;
  record(parts, request, { name: 'SwitchRole', identity: identityOfCaller(caller), account: session.account, failure: claims ? undefined : 'Failed to switch role', more: { SwitchTo: `${account.slice(0, 64)}/${roleName.slice(0, 64)}` } });
  if (!claims) throw refusal('SwitchRoleFailed');
  const role = { account, roleName, displayName, color, claims };
  if (!(await parts.consoleSessions.update(session.id, { role }))) throw refusal('SessionOver');
  return { session: { ...session, role }, role };
}

async function assumed({ sessions, store }: DoorParts, call: SignedInVisit['call'], session: ConsoleSession, caller: IdentifiedCaller, RoleArn: string, now: number): Promise<ConsoleClaims | undefined> {
  let output: unknown;
  try {
    output = await call(caller, 'sts:AssumeRole', { RoleArn, RoleSessionName: sessionName(caller), DurationSeconds: await secondsOf(store, session, caller, RoleArn, now) });
  } catch (thrown) {
    // One text for a role that is not there and one that may not be assumed. The audit log holds what AssumeRole said.
    if (thrown instanceof ApiError && thrown.name !== 'InternalFailure' && thrown.name !== 'ServiceFailure') return undefined;
    throw thrown;
  }
  // What AssumeRole answers, by its model.
  const { Credentials } = output as { readonly Credentials: { readonly SessionToken: string } };
  const opened = sessions.open(Credentials.SessionToken);
  if (!opened) throw new Error('AssumeRole gave a token that does not open');
  const { accessKeyId: _key, secretAccessKey: _secret, ...claims } = opened;
  return { ...claims, expiresAt: Math.min(claims.expiresAt, session.endsAt) };
}

/** The lesser of what the role allows and what is left of the session; an hour from one role to another. */
async function secondsOf(store: DoorParts['store'], session: ConsoleSession, caller: IdentifiedCaller, RoleArn: string, now: number): Promise<number> {
  const parsed = arn.parse(RoleArn);
  const view = parsed && (await store.account(parsed.account));
  const role = view?.roles.findBy('name', foldCase(RoleArn.slice(RoleArn.lastIndexOf('/') + 1)));
  const longest = caller.kind === 'role' ? seconds.default : (role?.MaxSessionDuration ?? seconds.default);
  return Math.max(seconds.min, Math.min(longest, Math.floor((session.endsAt - now) / 1000)));
}

/** AWS: the user's name; of a federated sign-in, its own session's. */
const sessionName = (caller: IdentifiedCaller): string => (caller.kind === 'user' ? caller.userName : (caller.session?.sessionName ?? 'root'));

/** Back to whoever signed in. */
export async function switchBack(parts: DoorParts, { request, signedIn: { session } }: SignedInVisit): Promise<ConsoleSession> {
  const { role: _, ...rest } = session;
  if (!(await parts.consoleSessions.update(session.id, { role: undefined }))) throw refusal('SessionOver');
  const view = await parts.store.account(session.account);
  const caller = view && findCaller(view, originalClaims(session, session.endsAt));
  if (caller) record(parts, request, { name: 'ExitRole', identity: identityOfCaller(caller), account: session.account });
  return rest;
}
