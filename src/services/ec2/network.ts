/** The network of a region, the same for every account and made by nobody: one VPC, one subnet, one security group. Nothing of it stands in the journal but tags. */
import { standingId } from './ids.ts';
import { zoneOf } from './regions.ts';
import type { Zone } from './regions.ts';

export interface DefaultNetwork {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly routeTableId: string;
  readonly routeTableAssociationId: string;
  readonly dhcpOptionsId: string;
  readonly zone: Zone;
}

/** Source: "Default VPC components" (VPC User Guide). */
export const vpcCidr = '172.31.0.0/16';
export const subnetCidr = '172.31.0.0/20';
export const securityGroupName = 'default';

/** The same things have the same ids whenever they are asked for, and other accounts and regions have others. */
export function defaultNetwork(account: string, region: string): DefaultNetwork {
  const id = (prefix: string): string => standingId(prefix, account, region);
  return {
    vpcId: id('vpc'), subnetId: id('subnet'), securityGroupId: id('sg'), routeTableId: id('rtb'), routeTableAssociationId: id('rtbassoc'), dhcpOptionsId: id('dopt'),
    zone: zoneOf(region),
  };
}

/** The addresses that a subnet has for instances, in order: the first four and the last are AWS's own. Source: "Subnet sizing" (VPC User Guide). */
const firstHost = 4;
const lastHost = 4_094;
export const addressesMax = lastHost - firstHost + 1;

const addressOf = (host: number): string => `172.31.${host >> 8}.${host & 255}`;

export const isSubnetAddress = (address: string): boolean => {
  const [, high, low] = /^172\.31\.(\d{1,2})\.(\d{1,3})$/.exec(address) ?? [];
  const host = Number(high) * 256 + Number(low);
  return Number(low) < 256 && host >= firstHost && host <= lastHost && address === addressOf(host);
};

/** The lowest that nobody has; undefined where all are taken. */
export function freeAddress(taken: ReadonlySet<string>): string | undefined {
  for (let host = firstHost; host <= lastHost; host++) if (!taken.has(addressOf(host))) return addressOf(host);
  return undefined;
}
