/** The one image: the system of the host that Gatehouse runs on, of which every instance is given a view. */
import { standingId } from './ids.ts';

/** As AWS names what this host is. */
export const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';

export const hostImage = {
  name: `gatehouse-host-${architecture}`,
  description: 'The system of the host that this Gatehouse runs on',
  /** Who provides it, in the words that policies know of what the platform provides. */
  ownerAlias: 'amazon',
  ownerId: '137112412989',
  rootDeviceName: '/dev/xvda',
  creationDate: '2026-11-24T00:00:00.000Z',
} as const;

export const imageIdOf = (region: string): string => standingId('ami', region, hostImage.name);
