/** Amazon EC2, as far as instances, what they run on and what they may do need it. */
import type { Ec2 } from '../../../models/ec2.ts';
import { service } from '../operation.ts';
import { dryRunnable } from './dry-run.ts';
import { images } from './images.ts';
import { instanceAttributes } from './instance-attributes.ts';
import { instanceStates } from './instance-states.ts';
import { instances } from './instances.ts';
import { keyPairs } from './key-pairs.ts';
import { networks } from './networks.ts';
import { places } from './places.ts';
import { profiles } from './profiles.ts';
import { runInstances } from './run-instances.ts';
import { tags } from './tags.ts';
import { unserved } from './unserved.ts';

export const ec2 = service<Ec2>()('ec2', {
  unimplemented: unserved,
  operations: dryRunnable({ ...runInstances, ...instances, ...instanceStates, ...instanceAttributes, ...keyPairs, ...profiles, ...tags, ...images, ...networks, ...places }),
});
