/** AWS Security Token Service: temporary credentials, and who is asking. */
import type { Sts } from '../../../models/sts.ts';
import { service } from '../operation.ts';
import { assumeRole } from './assume-role.ts';
import { identity } from './identity.ts';
import { sessionToken } from './session-token.ts';

export const sts = service<Sts>()('sts', {
  unimplemented: [
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
    'DecodeAuthorizationMessage',
    'GetDelegatedAccessToken',
    'GetFederationToken',
    'GetWebIdentityToken',
  ],
  operations: { ...assumeRole, ...identity, ...sessionToken },
});
