/** The listeners beside the API's: Git over SSH, database instances, and devices. Each door is loaded where there is something for it to open. */
import type { Denied } from '../authz/denial.ts';
import type { DatabaseServers } from '../services/rds/database-servers.ts';
import { defaultGitRegion, repositoryPath } from '../services/codecommit/git/git-urls.ts';
import type { GitUrls } from '../services/codecommit/git/git-urls.ts';
import type { OpenMachines } from './assemble.ts';
import { serveDevices } from './device-listener.ts';
import type { DeviceAuthorityFiles, DeviceDoor, ServedDevices } from './device-listener.ts';
import type { Log } from './log.ts';
import { serveGit } from './git-listener.ts';
import type { GitDoor, OpenGitHttp, ServedGit } from './git-listener.ts';
import type { Plane } from './plane.ts';

/** What the PostgreSQL door stands on. */
export interface PostgresGround extends Pick<Plane, 'clock' | 'random' | 'newRequestId' | 'store' | 'seal' | 'authenticate' | 'authorize' | 'lastUsed' | 'databases' | 'warn'> {
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly recordRefused: (record: Readonly<Record<string, unknown>>) => void;
}

interface TlsPair { readonly cert: Uint8Array; readonly key: Uint8Array }

export interface PostgresDoor {
  readonly openPostgresDoor: (ground: PostgresGround, options: { readonly host: string; readonly tls: TlsPair | undefined }) => { sync(): Promise<void>; close(): Promise<void> };
}

/** What a start was told of its doors. */
export interface DoorSettings {
  /** The port for Git over SSH, 0 for any; undefined where nothing listens for it. */
  readonly gitSshPort: number | undefined;
  readonly loadGitDoor: () => Promise<GitDoor>;
  /** The port for devices, 0 for any; undefined where nothing listens for them. */
  readonly devicePort: number | undefined;
  readonly loadDeviceDoor: () => Promise<DeviceDoor>;
  /** Loads what answers Git over HTTP. */
  readonly openGitHttp: OpenGitHttp;
  /** The servers that database instances may stand for; where there are none, no instance can be made. */
  readonly databaseServers: DatabaseServers['addresses'];
  readonly databasePorts: DatabaseServers['ports'];
  readonly loadPostgresDoor: () => Promise<PostgresDoor>;
  readonly openMachineDriver: OpenMachines;
}

export interface DoorPlace { readonly host: string; readonly tls: TlsPair | undefined; /** How clients name this host. */ readonly hostName: string; readonly hostKeyFile: string; readonly deviceAuthority: DeviceAuthorityFiles }

/** Where the doors are: for Git over SSH a URL without a path, for devices host and port; undefined where there is none. */
export interface DoorAddresses { readonly git: string | undefined; readonly devices: string | undefined }

export class Doors {
  readonly #settings: DoorSettings;
  readonly #elsewhere: DoorAddresses | undefined;
  #git: ServedGit | undefined;
  #devices: ServedDevices | undefined;
  #postgres: ReturnType<PostgresDoor['openPostgresDoor']> | undefined;

  /** `elsewhere`: another process of the same start opens the doors, and that is where they are. */
  constructor(settings: DoorSettings, elsewhere?: DoorAddresses) {
    this.#settings = settings;
    this.#elsewhere = elsewhere;
  }

  get addresses(): DoorAddresses {
    return this.#elsewhere ?? { git: this.#git?.url, devices: this.#devices?.address };
  }

  /** `baseUrl` is where the API is reached. */
  gitUrls(baseUrl: string): GitUrls {
    const ssh = (region: string, name: string): string | undefined => {
      const { git } = this.addresses;
      return git && `${git}${repositoryPath(region, name)}`;
    };
    return { ssh, http: (region, name) => `${baseUrl}${region === defaultGitRegion ? '' : '/_gatehouse/git'}${repositoryPath(region, name)}` };
  }

  databases(hostName: string): DatabaseServers {
    const { databaseServers: addresses, databasePorts: ports } = this.#settings;
    return { addresses, ports, hostName: () => hostName, changed: () => void this.#postgres?.sync() };
  }

  /** Where devices ask for credentials. */
  readonly deviceEndpoint = (): string | undefined => this.addresses.devices;

  async open(plane: Plane, { host, tls, hostName, hostKeyFile, deviceAuthority }: DoorPlace, log: Pick<Log, 'info'>): Promise<void> {
    const { gitSshPort, loadGitDoor, devicePort, loadDeviceDoor, databaseServers, loadPostgresDoor } = this.#settings;
    if (this.#elsewhere) return;
    if (gitSshPort !== undefined) this.#git = await serveGit(plane, await loadGitDoor(), { host, port: gitSshPort, hostKeyFile, hostName });
    if (this.#git) log.info('Git is served over SSH', { port: this.#git.port });
    if (devicePort !== undefined) this.#devices = await serveDevices(plane, await loadDeviceDoor(), { host, port: devicePort, hostName, tls, files: deviceAuthority });
    if (this.#devices) log.info('devices are given credentials', { port: this.#devices.port });
    if (databaseServers.size === 0) return;
    const { openPostgresDoor } = await loadPostgresDoor();
    this.#postgres = openPostgresDoor(postgresGround(plane), { host, tls });
    await this.#postgres.sync();
  }

  /** Whether anybody may come by another way than the API's. */
  get isOpen(): boolean {
    return this.#git !== undefined || this.#devices !== undefined || this.#postgres !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([this.#git?.close(), this.#devices?.close(), this.#postgres?.close()]);
  }
}

export function postgresGround(plane: Plane): PostgresGround {
  const { clock, random, newRequestId, store, seal, authenticate, authorize, lastUsed, databases, warn, audit, refusedProofs, denials } = plane;
  return {
    clock, random, newRequestId, store, seal, authenticate, authorize, lastUsed, databases, warn,
    recordDenial: (denied, occasion, at) => denials.record(denied, occasion, at).id,
    recordEvent: (record) => audit.recordEvent(record),
    recordRefused: (record) => refusedProofs.record(record),
  };
}
