/** Serves a machine's credentials to what runs on it, at its own loopback address: as an instance's metadata service does, or to whoever may read a file as a container's does. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { isoSeconds } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { MetadataOptionsDoc } from '../../store/instance-docs.ts';
import { answerMetadata } from '../metadata/answer.ts';
import type { AnswerMetadata } from '../metadata/endpoint.ts';
import { written } from '../metadata/instance-tree.ts';
import { MetadataListener } from '../metadata/listener.ts';
import { MetadataTokens } from '../metadata/tokens.ts';
import { directory, text, value } from '../metadata/tree.ts';
import type { Directory } from '../metadata/tree.ts';
import { answerContainer } from './container-credentials.ts';
import type { OpenContainer } from './container-credentials.ts';
import type { HeldCredentials } from './held-credentials.ts';

export interface AgentSettings {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly region: string;
  readonly roleArn: string;
  /** Whom a container's endpoint gives credentials; without it, everything on the machine has those of the role, as on an instance. */
  readonly container: OpenContainer | undefined;
  readonly credentials: HeldCredentials;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly warn: (message: string, cause: unknown) => void;
}

export interface ServedAgent {
  /** `http://127.0.0.1:4580` */
  readonly url: string;
  close(): void;
}

const host = '127.0.0.1';
/** A token is asked for always: a page in the machine's browser can send a GET. */
const options: MetadataOptionsDoc = { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' };

/** Rejects with the system's error where the port is taken. */
export async function serveAgent({ port: wanted, region, roleArn, container, credentials, clock, random, warn }: AgentSettings): Promise<ServedAgent> {
  const server = createServer().listen(wanted, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hosts = new Set([`${host}:${port}`, `localhost:${port}`]);
  const tokens = new MetadataTokens(random);
  const tree = metadataTree({ region, roleArn, credentials, clock });
  const answer: AnswerMetadata = container === undefined ? (request) => answerMetadata(request, { options, tokens, hosts, now: clock(), tree: () => tree }) : (request) => answerContainer(request, { hosts, open: container });
  const endpoint = new MetadataListener(warn).open(server, answer);
  return { url: `http://${host}:${port}`, close: () => endpoint.close() };
}

/** What clients look for: the name of the role, its credentials, and the region. */
function metadataTree({ region, roleArn, credentials, clock }: Pick<AgentSettings, 'region' | 'roleArn' | 'credentials' | 'clock'>): Directory {
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const told = async (): Promise<string> => {
    const LastUpdated = isoSeconds(clock());
    try {
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = await credentials.current();
      return written({ Code: 'Success', LastUpdated, Type: 'AWS-HMAC', AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration });
    } catch (thrown) {
      return written({ Code: 'Failed', Message: thrown instanceof Error ? thrown.message : String(thrown), LastUpdated });
    }
  };
  return directory(() => ({
    'meta-data': directory(() => ({
      iam: directory(() => ({ 'security-credentials': directory(() => ({ [role]: value(told) })) })),
      placement: directory(() => ({ region: text(region) })),
      services: directory(() => ({ domain: text('amazonaws.com'), partition: text('aws') })),
    })),
  }));
}
