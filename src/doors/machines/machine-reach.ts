/** How a machine reaches the API and its metadata service, and how it is reached by SSH: the same whatever it is made of. */
import { existsSync } from 'node:fs';
import type { Machine } from '../../services/ec2/driver.ts';
import { openEndpoint, standardHosts } from '../metadata/endpoint.ts';
import { MetadataListener } from '../metadata/listener.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { metadataPatience } from './limits.ts';
import { listenAtOwnAddress } from './machine-addresses.ts';
import { machinePath, tenant } from './machine-disk.ts';
import type { MachineDriverSettings } from './machine-host.ts';
import type { HandedSockets } from './machine-process.ts';
import { relayToApi, relayToSsh } from './relay.ts';

/** Inside. */
export interface InsidePlace { readonly address: string; readonly port: number }

type Outside = Awaited<ReturnType<typeof listenAtOwnAddress>>;

/** The doors of one machine. */
export interface Reached {
  /** On the host; undefined where nothing of it is reached. */
  readonly address: string | undefined;
  /** Where it finds what, by what it is for. */
  readonly places: Readonly<Record<string, InsidePlace>>;
  /** What its processes are told. */
  readonly environment: Readonly<Record<string, string>>;
  /** Has what connects at those places be answered. */
  take(sockets: HandedSockets): void;
  close(): void;
}

export const metadataAddress = '169.254.169.254';
/** Where a machine offers to answer SSH: see relay.ts. */
const sshOfferPort = 2200;
const sshd = '/usr/sbin/sshd';
/** The port of SSH, and the one in its place where only root may have that. */
const sshPorts = [22, 2222];

export class MachineReach {
  readonly #api: MachineDriverSettings['api'];
  readonly #parts: MetadataParts;
  readonly #metadata: MetadataListener;
  readonly #hasSsh = existsSync(sshd);

  constructor({ api }: MachineDriverSettings, parts: MetadataParts) {
    this.#api = api;
    this.#parts = parts;
    this.#metadata = new MetadataListener(parts.warn);
  }

  /** The name by which machines reach the API. */
  get apiHost(): string {
    return new URL(this.#api.url).hostname;
  }

  /** Listens for whoever signs in to it, and knows what it is to be told. */
  async open(machine: Machine, takenAddresses: ReadonlySet<string>): Promise<Reached> {
    const { machineId, account, region, instanceId, publicKey } = machine;
    const outside: Outside = publicKey !== undefined && this.#hasSsh ? await listenAtOwnAddress(machineId, sshPorts, takenAddresses) : undefined;
    const open: { close(): void }[] = outside ? [outside.server] : [];
    const hasSsh = outside !== undefined;
    return {
      address: outside?.address, places: this.#places(hasSsh), environment: this.#environment(machine, hasSsh),
      take: (sockets) => {
        const { host, port } = this.#api;
        open.push(
          this.#metadata.open(sockets['metadata']!, openEndpoint(this.#parts, { account, region, instanceId, hosts: standardHosts })),
          // From its own address, so that policies and limits tell it from others.
          relayToApi(sockets['api']!, { host, port, localAddress: host.startsWith('127.') ? outside?.address : undefined }),
        );
        if (outside) open.push(relayToSsh(sockets['ssh']!, outside.server));
      },
      close() {
        for (const one of open) one.close();
      },
    };
  }

  #places(hasSsh: boolean): Readonly<Record<string, InsidePlace>> {
    return { metadata: { address: metadataAddress, port: 80 }, api: { address: '127.0.0.1', port: this.#apiPort }, ...(hasSsh && { ssh: { address: '127.0.0.1', port: sshOfferPort } }) };
  }

  #environment({ instanceId, region, hostName }: Machine, hasSsh: boolean): Readonly<Record<string, string>> {
    const url = new URL(this.#api.url);
    return {
      PATH: machinePath, HOME: tenant.home, USER: tenant.name, LOGNAME: tenant.name, SHELL: '/bin/bash', LANG: 'C.UTF-8', HOSTNAME: hostName,
      // A certificate names the host; the machine's /etc/hosts says where that is.
      AWS_ENDPOINT_URL: url.protocol === 'https:' ? this.#api.url : `http://127.0.0.1:${this.#apiPort}`, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...metadataPatience,
      GATEHOUSE_INSTANCE_ID: instanceId, GATEHOUSE_SSH_PORT: hasSsh ? String(sshOfferPort) : '',
    };
  }

  get #apiPort(): number {
    const url = new URL(this.#api.url);
    return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  }
}

/** Its addresses beside 127.0.0.1. */
export const addressesInside = ({ privateIpAddress }: Machine): readonly string[] => [metadataAddress, ...(privateIpAddress.startsWith('127.') ? [] : [privateIpAddress])];

/** The machine that is run once to see whether any can be. */
export const probeMachine: Machine = { machineId: 'probe', account: '', region: 'us-east-1', instanceId: 'probe', instanceType: '', vcpus: 1, memoryMiB: 128, diskGiB: 1, hostName: 'probe', privateIpAddress: '127.0.0.1', userData: undefined, publicKey: undefined };
