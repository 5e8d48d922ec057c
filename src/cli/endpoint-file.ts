/** The file `<data-dir>/endpoint`: where the Gatehouse that was last started there listens, for `gatehouse env` and `gatehouse aws`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const endpointFile = (dataDir: string): string => join(dataDir, 'endpoint');

export function writeEndpoint(dataDir: string, endpoint: string): void {
  writeFileSync(endpointFile(dataDir), `${endpoint}\n`, { mode: 0o600 });
}

/** Undefined when nothing was ever started there. */
export function readEndpoint(dataDir: string): string | undefined {
  try {
    return readFileSync(endpointFile(dataDir), 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** How long something that listens on this machine may take to say so. */
const connectTimeoutMs = 1000;

/** Whether something accepts connections there. */
export function isListening(endpoint: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: connectTimeoutMs });
    const answer = (isOpen: boolean) => { socket.destroy(); resolve(isOpen); };
    socket.once('connect', () => answer(true)).once('timeout', () => answer(false)).once('error', () => answer(false));
  });
}
