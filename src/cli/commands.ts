/** What the commands do, as functions that main.ts hands in: the command line parses, checks and prints, and imports no server. */
import type { AuthorizationReference } from '../base/authorization-reference.ts';
import type { StartOptions } from './start-options.ts';

/** The administrator of a new account. Its access key is in the credentials file, under `profile`. */
export interface MadeAdministrator { readonly userName: string; readonly accessKeyId: string; readonly credentialsFile: string; readonly profile: string }

/** An account that has just been made, and the secrets that are told this once. */
export interface MadeAccount {
  readonly accountId: string;
  readonly rootEmail: string;
  /** Root's one-time password; undefined where root was given an access key instead. */
  readonly rootPassword: string | undefined;
  /** Undefined where root was given an access key. */
  readonly administrator: MadeAdministrator | undefined;
}

/** A Gatehouse that answers requests. */
export interface RunningGatehouse {
  /** `http://127.0.0.1:4566`: what clients of this machine are pointed at. */
  readonly endpoint: string;
  /** Present when this start made the first account. */
  readonly made: MadeAccount | undefined;
  /** The accounts there are, in order. */
  readonly accountIds: readonly string[];
  /** Whether another process of the same start speaks to people. */
  readonly isWorker: boolean;
  /** Stops listening, lets what is in flight end, and closes the store. */
  stop(): Promise<void>;
}

export interface CreateAccountOptions {
  readonly dataDir: string;
  readonly email: string;
  /** Twelve digits; a random one where undefined. */
  readonly accountId: string | undefined;
  /** The account whose organization it is to be a member of; undefined for none. */
  readonly managementAccount: string | undefined;
  /** As for a start. */
  readonly masterKey: Uint8Array | undefined;
}

export interface DataKeysOptions {
  readonly dataDir: string;
  /** As for a start. */
  readonly masterKey: Uint8Array | undefined;
  /** Whether a new one is added first; `revoke` also ends all sessions that the old ones sealed. */
  readonly action: 'show' | 'rotate' | 'revoke';
}

/** A key that seals secrets and session tokens. */
export interface ShownDataKey {
  readonly id: string;
  readonly createdAt: number;
  /** Whether it is the one that seals; the others only open what they sealed. */
  readonly isSealing: boolean;
  /** Whether the sessions that it sealed were ended. */
  readonly hasEndedSessions: boolean;
}

export interface RecoverRootOptions {
  readonly dataDir: string;
  /** Twelve digits; the only account there is where undefined. */
  readonly accountId: string | undefined;
  readonly isPasswordLost: boolean;
  readonly isMfaLost: boolean;
}

/** What root has now. */
export interface RecoveredRoot {
  readonly accountId: string;
  readonly rootEmail: string;
  /** Good for one sign-in; undefined where the password was not lost. */
  readonly rootPassword: string | undefined;
  /** Serial numbers of the devices that were taken off. */
  readonly devices: readonly string[];
}

export interface RepairOptions { readonly dataDir: string }

/** What a repair found and did. */
export interface RepairReport {
  /** What was wrong, one line each; empty when nothing was, and then nothing was changed. */
  readonly findings: readonly string[];
  /** Where the journal as it was before the cut is kept. */
  readonly copy: string | undefined;
}

/** What AWS lists of an action. */
export interface ListedAction {
  readonly isListed: boolean;
  /** Of a name that is not listed, the one that it may be meant for. */
  readonly closest: string | undefined;
  /** The forms of the ARNs that it is asked for on; none: only on `*`. */
  readonly resourceArns: readonly string[];
}

export interface Commands {
  start(options: StartOptions): Promise<RunningGatehouse>;
  createAccount(options: CreateAccountOptions): Promise<MadeAccount>;
  /** The newest first. */
  dataKeys(options: DataKeysOptions): Promise<readonly ShownDataKey[]>;
  repair(options: RepairOptions): Promise<RepairReport>;
  recoverRoot(options: RecoverRootOptions): Promise<RecoveredRoot>;
  /** Undefined where AWS has no service of that prefix. */
  findAction(action: string): Promise<ListedAction | undefined>;
  /** What AWS lists of its services. */
  authorizationReference(): Promise<AuthorizationReference>;
}

/** Stops a command with a message for the person who typed it, and no stack: something they can put right. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
