/** Who the page acts as, for every component below: the session and the clients that act with it. */
import { createContext, useContext } from 'react';
import type { Clients } from './clients.ts';
import type { OwnSession } from './session.ts';

export interface Identity {
  readonly session: OwnSession;
  readonly clients: Clients;
  /** The session as it is after the door changed it: another role, and so other clients. */
  readonly become: (session: OwnSession) => void;
}

export const IdentityContext = createContext<Identity | undefined>(undefined);

export function useIdentity(): Identity {
  const identity = useContext(IdentityContext);
  if (!identity) throw new Error('there is no identity outside of the console');
  return identity;
}

export const useClients = (): Clients => useIdentity().clients;
