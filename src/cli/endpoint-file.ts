/** The file `<data-dir>/endpoint`: where each Gatehouse that runs on the directory listens, for `gatehouse env` and `gatehouse aws`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const endpointFile = (dataDir: string): string => join(dataDir, 'endpoint');

/** So many are kept, of processes that share the directory or ended without a word. */
const endpointsMax = 8;

/** The newest first. */
function readEndpoints(dataDir: string): readonly string[] {
  try {
    return readFileSync(endpointFile(dataDir), 'utf8').split('\n').filter((line) => line !== '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function writeEndpoints(dataDir: string, endpoints: readonly string[]): void {
  writeFileSync(endpointFile(dataDir), endpoints.map((endpoint) => `${endpoint}\n`).join(''), { mode: 0o600 });
}

/** A Gatehouse answers there now. */
export function addEndpoint(dataDir: string, endpoint: string): void {
  writeEndpoints(dataDir, [endpoint, ...readEndpoints(dataDir).filter((other) => other !== endpoint)].slice(0, endpointsMax));
}

/** It does no longer. The last of all stays written: whoever starts Gatehouse again most often does it there. */
export function removeEndpoint(dataDir: string, endpoint: string): void {
  const others = readEndpoints(dataDir).filter((other) => other !== endpoint);
  if (others.length > 0) writeEndpoints(dataDir, others);
}

/** Where something answers, the newest first, else where something last did; undefined when nothing was ever started there. */
export async function findEndpoint(dataDir: string): Promise<{ readonly endpoint: string; readonly isListening: boolean } | undefined> {
  const endpoints = readEndpoints(dataDir);
  for (const endpoint of endpoints) if (await isListening(endpoint)) return { endpoint, isListening: true };
  const [newest] = endpoints;
  return newest === undefined ? undefined : { endpoint: newest, isListening: false };
}

/** How long something that listens on this machine may take to say so. */
const connectTimeoutMs = 1000;

/** Whether something accepts connections there. */
function isListening(endpoint: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: connectTimeoutMs });
    const answer = (isOpen: boolean) => { socket.destroy(); resolve(isOpen); };
    socket.once('connect', () => answer(true)).once('timeout', () => answer(false)).once('error', () => answer(false));
  });
}
