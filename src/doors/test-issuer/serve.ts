/** Serves what an issuer's tokens are verified by – its discovery document and its public key – to this machine alone. It mints nothing: that takes the key's file. Source: OpenID Connect Discovery 1.0. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestSigningKey } from './signing-key.ts';

export interface ServedTestIssuer {
  /** `http://127.0.0.1:4577` */
  readonly url: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const discoveryPath = /^\/([a-z0-9.-]+(?::\d+)?(?:\/[\w.~-]+)*)\/\.well-known\/openid-configuration$/i;
const jwksPath = '/jwks';
const pathLengthMax = 512;

/** Where the documents of an issuer are, behind the server's own address: its name without the scheme. */
export const testIssuerPath = (issuer: string): string => `/${issuer.replace(/^https:\/\//, '').replace(/\/$/, '')}`;

/** Rejects with the system's error where the port is taken. */
export async function serveTestIssuer({ publicJwk }: TestSigningKey, port: number): Promise<ServedTestIssuer> {
  let url = '';
  const documentOf = (path: string): object | undefined => {
    if (path === jwksPath) return { keys: [publicJwk] };
    const [, name] = path.length <= pathLengthMax ? (discoveryPath.exec(path) ?? []) : [];
    if (name === undefined) return undefined;
    return { issuer: `https://${name}`, jwks_uri: `${url}${jwksPath}`, response_types_supported: ['id_token'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] };
  };
  const server = createServer((request, response) => {
    const document = request.method === 'GET' ? documentOf(request.url ?? '') : undefined;
    response.writeHead(document ? 200 : 404, { 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(document ?? { error: 'a test issuer has no such document' }));
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, host, resolve); });
  // A server that listens on a port has an address with one.
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
