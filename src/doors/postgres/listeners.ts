/** A listener for each database instance, opened and closed as instances come and go. */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { DatabasePortDoc } from '../../store/database-docs.ts';
import { pairKey } from '../../store/tables.ts';
import { serveClient } from './connection.ts';
import { postgresDoorLimits } from './limits.ts';
import type { PostgresDoorParts } from './parts.ts';
import type { AskedInstance } from './proof.ts';

export interface PostgresDoor {
  /** Opens and closes what the state asks for. Resolves when that is done. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Listener { readonly doc: DatabasePortDoc; readonly server: Server; readonly sockets: Set<Socket> }

export function openPostgresDoor(parts: PostgresDoorParts, { host, tls }: { readonly host: string; readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined }): PostgresDoor {
  const secureContext = tls && createSecureContext({ cert: Buffer.from(tls.cert), key: Buffer.from(tls.key), minVersion: 'TLSv1.2' });
  const listeners = new Map<number, Listener>();
  const told = new Set<number>();
  let connections = 0;

  function listen(doc: DatabasePortDoc): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      if (connections >= postgresDoorLimits.connectionsMax) {
        socket.destroy();
        return;
      }
      connections++;
      sockets.add(socket);
      socket.on('close', () => {
        connections--;
        sockets.delete(socket);
      });
      void serveClient(parts, socket, () => findInstance(parts.store, doc), secureContext);
    });
    listeners.set(doc.Port, { doc, server, sockets });
    return new Promise((resolve) => {
      server.on('error', (cause) => {
        // The instance stays, and the next look tries again.
        // Told once: on one data directory another process may have the port, for as long as it lives.
        if (!told.has(doc.Port)) parts.warn(`nothing listens at ${doc.Port}, the port of a database instance`, cause);
        told.add(doc.Port);
        listeners.delete(doc.Port);
        resolve();
      });
      server.listen(doc.Port, host, () => {
        told.delete(doc.Port);
        resolve();
      });
    });
  }

  async function sync(): Promise<void> {
    parts.store.freshen();
    const wanted = new Map([...parts.store.partition.databasePorts.all()].map((doc) => [doc.Port, doc]));
    const gone = [...listeners.values()].filter(({ doc }) => wanted.get(doc.Port)?.DbiResourceId !== doc.DbiResourceId);
    for (const listener of gone) listeners.delete(listener.doc.Port);
    await Promise.all(gone.map(close));
    await Promise.all([...wanted.values()].filter(({ Port }) => !listeners.has(Port)).map(listen));
  }

  let syncing: Promise<void> = Promise.resolve();
  const syncAgain = (): Promise<void> => (syncing = syncing.then(sync).catch((cause: unknown) => parts.warn('the listeners of database instances could not be looked over', cause)));
  const timer = setInterval(() => void syncAgain(), postgresDoorLimits.lookMs).unref();
  return {
    sync: syncAgain,
    async close() {
      clearInterval(timer);
      await syncing;
      await Promise.all([...listeners.values()].map(close));
    },
  };
}

async function findInstance(store: PostgresDoorParts['store'], { AccountId, Region, DbiResourceId }: DatabasePortDoc): Promise<AskedInstance | undefined> {
  store.freshen();
  const view = await store.account(AccountId);
  const instance = view?.databaseInstances.find(pairKey(Region, DbiResourceId));
  return view && instance && { instance, account: AccountId, view };
}

/** Sessions of an instance that is gone end with it. */
function close({ server, sockets }: Listener): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
