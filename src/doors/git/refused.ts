/** The record of a client that could not prove whose key or password it shows. */
import { isoSeconds } from '../../base/clock.ts';
import { accountOf } from '../../base/ids.ts';
import type { GitDoorParts } from './parts.ts';
import type { Origin } from './visit.ts';

/** `name`: what it called itself, which may be anything. */
export function recordUnproven(parts: Pick<GitDoorParts, 'clock' | 'newRequestId' | 'recordRefused' | 'store'>, name: string, { protocol, remoteAddress, agent }: Origin, awsRegion: string | undefined): void {
  // Of an account only where there is one: what a stranger makes up names nobody.
  const named = /-at-(\d{12})(?:\+\d+)?$/.exec(name)?.[1] ?? (/^A[A-Z]{3}[A-Z2-7]{16}(?:%|$)/.test(name) ? accountOf(name.slice(0, 20)) : undefined);
  const recipientAccountId = named !== undefined && parts.store.partition.accounts.find(named) ? named : undefined;
  parts.recordRefused({
    eventVersion: '1.11', userIdentity: { type: 'Unknown', userName: name.slice(0, 128).replaceAll(/[^\x20-\x7e]/g, '?').replace(/%.*/, '') }, eventTime: isoSeconds(parts.clock()), eventSource: 'codecommit.amazonaws.com', eventName: 'GitAuthenticate',
    ...(awsRegion !== undefined && { awsRegion }), sourceIPAddress: remoteAddress, ...(agent !== undefined && { userAgent: agent.slice(0, 1_024) }), errorCode: 'AccessDenied',
    errorMessage: protocol === 'SSH' ? 'No key was offered that is this user name\'s and active.' : 'The user name and the password open nothing.', requestParameters: null, responseElements: null, requestID: parts.newRequestId(), readOnly: true,
    eventType: 'AwsServiceEvent', managementEvent: true, ...(recipientAccountId !== undefined && { recipientAccountId }), eventCategory: 'Management', additionalEventData: { protocol },
  });
}
