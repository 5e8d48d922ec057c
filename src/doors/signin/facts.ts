/** What a condition of a policy may ask of a request to the door. */
import type { RequestFacts } from '../../authz/request-context.ts';
import type { DoorRequest } from './request.ts';

/** What is asked for at the door counts as asked in us-east-1, where AWS's global services are. */
export const factsOf = (request: DoorRequest): RequestFacts => ({
  now: request.receivedAt, sourceIp: request.remoteAddress, isSecure: request.isSecure, userAgent: request.header('user-agent'), referer: request.header('referer'), requestedRegion: 'us-east-1',
});
