/** AWS Security Token Service: temporary credentials, and who is asking. */
import type { Sts } from '../../../models/sts.ts';
import { service } from '../operation.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import { federationToken } from './federation-token.ts';
import { identity } from './identity.ts';
import { sessionToken } from './session-token.ts';

export const sts = service<Sts>()('sts', {
  unimplemented: [
    'AssumeRoleWithSAML',
    'AssumeRoot',
    'DecodeAuthorizationMessage',
    'GetDelegatedAccessToken',
    'GetWebIdentityToken',
  ],
  operations: { ...assumeRole, ...assumeRoleWithWebIdentity, ...federationToken, ...identity, ...sessionToken },
});
