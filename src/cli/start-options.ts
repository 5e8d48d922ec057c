/** What `gatehouse start` was told, by flags and environment, checked: the whole of what a start depends on. */
import type { ObjectStores } from './object-stores-file.ts';

/** An access key that the environment gives to root, so that a first start makes no administrator. */
export interface GivenAccessKey { readonly accessKeyId: string; readonly secretAccessKey: string }

/** A certificate chain and its private key, PEM, read and known to fit each other. */
export interface TlsPair { readonly cert: Uint8Array; readonly key: Uint8Array }

/** What instances may be: `process`, a process tree in namespaces of its own; `docker`, a container of an engine on this host; `unconfined`, one that has the whole host; `off`, none. */
export const instanceDrivers = ['process', 'docker', 'unconfined', 'off'] as const;
export type InstanceDriver = (typeof instanceDrivers)[number];

export interface StartOptions {
  /** The address to listen on: an IP address or `localhost`. Beyond loopback only with `tls` or after the explicit flag; that was checked. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly tls: TlsPair | undefined;
  /** The PostgreSQL servers that database instances may stand for, by name. */
  readonly databaseServers: ReadonlyMap<string, { readonly host: string; readonly port: number; readonly isSecure: boolean }>;
  /** The ports that instances are reached at. */
  readonly databasePorts: { readonly first: number; readonly last: number };
  /** Other S3-compatible stores, and whose buckets are kept there. */
  readonly objectStores: ObjectStores;
  /** The port for Git over SSH; undefined where it is not served. */
  readonly gitSshPort: number | undefined;
  /** What runs the instances of EC2. */
  readonly instances: InstanceDriver;
  /** Where the container engine answers. */
  readonly dockerSocket: string;
  /** The port for devices, 0 for any; undefined where nothing listens for them. */
  readonly devicePort: number | undefined;
  /** Where others reach this Gatehouse: https, or http on this machine, without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Host names that lead here, beside addresses and localhost: what unsigned routes answer to. */
  readonly servedHosts: readonly string[];
  /** Absolute. Of an ephemeral start too: the credentials, the endpoint and the audit files of the run stand there. */
  readonly dataDir: string;
  /** Nothing outlives the process: the journal and the guard store are in memory. A `dataDir` that holds a journal is refused. */
  readonly isEphemeral: boolean;
  /** Twelve digits: the account that a first start makes (a random one where undefined). A later start is refused if there is no such account. */
  readonly accountId: string | undefined;
  /** Root's e-mail address in the account that a first start makes. */
  readonly rootEmail: string;
  /** Whether OpenID Connect issuers at loopback and private addresses are asked for their keys. */
  readonly allowsPrivateIssuers: boolean;
  /** Issuers whose documents are fetched from another address than their own, by their URL. */
  readonly issuerAddresses: ReadonlyMap<string, string>;
  /** Both given, or undefined. */
  readonly rootAccessKey: GivenAccessKey | undefined;
  /** 32 bytes; where undefined, the file `master-key` (0600) in `dataDir`. */
  readonly masterKey: Uint8Array | undefined;
  /** How many processes answer requests; with more than one, a further one stands behind them. */
  readonly workers: number;
  /** For how many hours a denial is kept to be explained. */
  readonly explainHours: number;
  /** What a reader of `/metrics` must show; where undefined, who is on this machine may read. */
  readonly metricsToken: string | undefined;
  /** One JSON line a request, or the same for the eye when stderr is a terminal. */
  readonly logFormat: 'json' | 'pretty';
}
