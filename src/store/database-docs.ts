/** A database instance of RDS: a PostgreSQL that is registered, and where it is reached through us. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

export interface DatabaseInstanceDoc {
  /** `db-` and what never returns. */
  readonly DbiResourceId: string;
  readonly Region: string;
  /** In lower case, as RDS keeps it. */
  readonly DBInstanceIdentifier: string;
  readonly DBInstanceClass: string;
  readonly EngineVersion: string;
  readonly MasterUsername: string;
  /** Sealed. */
  readonly MasterUserPassword: string;
  /** Sealed: what the passwords are made of by which its users are let in at the server. */
  readonly UserPasswordKey: string;
  readonly DBName?: string | undefined;
  readonly AllocatedStorage?: number | undefined;
  /** The operator's name for the server behind it. */
  readonly Server: string;
  /** Where it is reached here. */
  readonly Port: number;
  readonly IamAuthentication: boolean;
  readonly DeletionProtection: boolean;
  readonly CreateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** Which instance a port of ours leads to: a port is taken once, by whatever account. */
export interface DatabasePortDoc { readonly Port: number; readonly AccountId: string; readonly Region: string; readonly DbiResourceId: string }
