/** Listens for devices: TLS 1.2 or later, and no request of whoever shows no certificate. */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { answerDevice } from './answer.ts';
import { deviceLimits } from './limits.ts';
import type { DeviceDoorParts } from './parts.ts';

export interface DeviceListener { readonly port: number; close(): Promise<void> }

export async function listenForDevices(parts: DeviceDoorParts, { host, port, cert, key }: { readonly host: string; readonly port: number; readonly cert: string | Uint8Array; readonly key: string | Uint8Array }): Promise<DeviceListener> {
  const server = createServer({
    cert: typeof cert === 'string' ? cert : Buffer.from(cert), key: typeof key === 'string' ? key : Buffer.from(key), minVersion: 'TLSv1.2',
    // Whose certificate counts is not for a list of authorities to say: that it is registered does. The handshake proves the key all the same.
    requestCert: true, rejectUnauthorized: false,
    // A session that is taken up again proves nothing anew.
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    handshakeTimeout: deviceLimits.handshakeMs, headersTimeout: deviceLimits.headersMs, requestTimeout: deviceLimits.requestMs, keepAliveTimeout: deviceLimits.keepAliveMs, maxHeaderSize: deviceLimits.headerBytesMax, connectionsCheckingInterval: 1_000,
  }, (request, response) => void serve(parts, request, response));
  server.maxConnections = deviceLimits.connectionsMax;
  server.maxRequestsPerSocket = deviceLimits.requestsPerConnectionMax;
  server.on('secureConnection', (socket) => { if (certificateOf(socket) === undefined) socket.destroy(); });
  server.on('clientError', (_cause, socket) => socket.destroy());
  server.on('tlsClientError', (_cause, socket) => socket.destroy());
  // CONNECT and upgrades are nothing that is answered here.
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (cause) => parts.warn('the listener for devices failed', cause));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

const certificateOf = (socket: TLSSocket): Uint8Array | undefined => socket.getPeerX509Certificate()?.raw;

async function serve(parts: DeviceDoorParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // INVARIANT: the server speaks TLS only.
  const certificate = certificateOf(request.socket as TLSSocket);
  if (certificate === undefined) {
    request.socket.destroy();
    return;
  }
  const { method = '', url: target = '', socket: { remoteAddress = '' } } = request;
  const answer = await answerDevice(parts, { method, target, headers: (name) => valuesOf(request, name), certificate, remoteAddress });
  const body = Buffer.from(answer.body);
  // A body that nobody reads ends with its connection.
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length, ...(hasBody && { Connection: 'close' }) });
  response.end(body);
}

/** Each value of a header, as it came. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name);
}
