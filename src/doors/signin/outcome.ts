/** What became of a step of signing in: shown as JSON to the console's script, as a page to a browser without one. */
import type { OwnSessionView } from './session-view.ts';

/** A device that the person may show. */
export interface ShownDevice { readonly serialNumber: string; readonly kind: 'totp' | 'passkey' }

export type Outcome =
  | { readonly step: 'mfa'; readonly flow: string; readonly devices: readonly ShownDevice[]; /** For `navigator.credentials.get`, where one of them is a passkey. */ readonly passkeyOptions?: object }
  | { readonly step: 'newPassword'; readonly flow: string; readonly rules: readonly string[] }
  | { readonly step: 'signedIn'; readonly session: OwnSessionView; readonly continueTo: string | undefined; readonly cookies: readonly string[] };
