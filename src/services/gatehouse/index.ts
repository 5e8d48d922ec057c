/** Our own service: what Gatehouse answers about itself, over the same path, signed and authorized like everything else. */
import type { Gatehouse } from '../../../models/gatehouse.ts';
import { service } from '../operation.ts';
import { accessOfPrincipal } from './access-of-principal.ts';
import { denials } from './denials.ts';
import { enrollment } from './enrollment.ts';
import { hardwareMfaDevices } from './hardware-mfa-devices.ts';
import { kubernetesClusters } from './kubernetes-clusters.ts';
import { machines } from './machines.ts';
import { principalsWithAccess } from './principals-with-access.ts';
import { quotas } from './quotas.ts';
import { requests } from './requests.ts';
import { tokenSigningKeys } from './token-signing-keys.ts';

/** Gatehouse's own API. */
export const gatehouse = service<Gatehouse>()('gatehouse', { operations: { ...accessOfPrincipal, ...denials, ...enrollment, ...machines, ...hardwareMfaDevices, ...kubernetesClusters, ...principalsWithAccess, ...quotas, ...requests, ...tokenSigningKeys }, unimplemented: [] });
