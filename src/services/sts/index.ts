/** AWS Security Token Service: temporary credentials, and who is asking. */
import type { Sts } from '../../../models/sts.ts';
import { service } from '../operation.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithSaml } from './assume-role-with-saml.ts';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import { assumeRoot } from './assume-root.ts';
import { authorizationMessages } from './authorization-messages.ts';
import { delegatedAccessToken } from './delegated-access-token.ts';
import { federationToken } from './federation-token.ts';
import { identity } from './identity.ts';
import { sessionToken } from './session-token.ts';
import { webIdentityToken } from './web-identity-token.ts';

export const sts = service<Sts>()('sts', {
  unimplemented: [],
  operations: { ...assumeRole, ...assumeRoleWithSaml, ...assumeRoleWithWebIdentity, ...assumeRoot, ...authorizationMessages, ...delegatedAccessToken, ...federationToken, ...identity, ...sessionToken, ...webIdentityToken },
});
