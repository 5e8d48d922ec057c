/** The services that Gatehouse serves: adding one is adding a line. */
import { codecommit } from './codecommit/index.ts';
import { gatehouse } from './gatehouse/index.ts';
import { iam } from './iam/index.ts';
import type { ServiceDefinition } from './operation.ts';
import { rds } from './rds/index.ts';
import { s3 } from './s3/index.ts';
import { sts } from './sts/index.ts';

export const services: readonly ServiceDefinition[] = [iam, sts, s3, codecommit, rds, gatehouse];
