/** The clients of the public API, with the session's own short-lived credentials, which never leave this page's memory. */
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { GatehouseClient } from './gatehouse-client.ts';
import { askDoor } from './session.ts';
import type { OwnSession } from './session.ts';

export interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly gatehouse: GatehouseClient;
}

/** What AWS's SDK calls an identity. */
export interface Identity { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string; readonly expiration: Date }
export type Provider = () => Promise<Identity>;

/** Credentials are asked for anew when they have less than this to go. */
const renewedBeforeMs = 120_000;

/** The session's credentials: asked of the door once for all who want them at that moment. */
export function credentialProvider(session: Pick<OwnSession, 'session' | 'csrfToken'>): Provider {
  let current: Promise<Identity> | undefined;
  const fetchThem = async (): Promise<Identity> => {
    const { expiration, ...keys } = await askDoor(session, 'credentials', {});
    return { ...keys, expiration: new Date(expiration) };
  };
  return async () => {
    const known = await current?.catch(() => undefined);
    if (known && known.expiration.getTime() - Date.now() > renewedBeforeMs) return known;
    const asked = current = fetchThem();
    return asked;
  };
}

export function openClients(session: Pick<OwnSession, 'session' | 'csrfToken'>): Clients {
  const credentials = credentialProvider(session);
  // A denied or failed read is shown at once; the person tries again.
  const settings = { region: 'us-east-1', endpoint: location.origin, credentials, maxAttempts: 2 };
  return { iam: new IAMClient(settings), sts: new STSClient(settings), gatehouse: new GatehouseClient(location.origin, credentials) };
}
