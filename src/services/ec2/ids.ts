/** Ids of EC2's resources: what they are of, and 17 hex digits. Source: "Resource IDs" (EC2 User Guide). */
import { hash } from 'node:crypto';
import type { RandomBytes } from '../../base/ids.ts';

export type Ec2IdPrefix = 'i' | 'r' | 'key' | 'eni' | 'eni-attach' | 'vol' | 'iip-assoc';

/** AWS: the first digit of today's ids is 0. */
export const newEc2Id = (prefix: Ec2IdPrefix, random: RandomBytes): string => `${prefix}-0${Buffer.from(random(8)).toString('hex')}`;

/** The id of what is there without having been made: always the same of one thing, and nobody else's. */
export const standingId = (prefix: string, ...of: readonly string[]): string => `${prefix}-0${hash('sha256', `${prefix}/${of.join('/')}`).slice(0, 16)}`;

/** Eight digits are those of before 2016. */
export const isEc2Id = (text: string, prefix: string): boolean => text.startsWith(`${prefix}-`) && /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(text.slice(prefix.length + 1));
