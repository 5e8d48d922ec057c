/** Brings services what they need to give workloads roles: the proof of a pod's token, and sessions that a service opens, by the same policies, audit and denials as a request's own. */
import { ApiError } from '../base/api-error.ts';
import { sessionCaller } from '../authn/callers.ts';
import * as arn from '../base/arn.ts';
import { Denied } from '../authz/denial.ts';
import { isoSeconds } from '../base/clock.ts';
import { serviceSession } from '../services/service-session.ts';
import type { ServiceSessionWish } from '../services/service-session.ts';
import type { OnwardWish, Workloads, WorkloadSession } from '../services/workloads.ts';
import type { AccountView } from '../store/store.ts';
import { callAs } from './call-as.ts';
import type { Exchange } from './exchange.ts';
import type { Plane } from './plane.ts';

/** `view` is the account that the roles are in. */
export const openWorkloads = (plane: Plane, exchange: Exchange, view: AccountView): Workloads => ({
  provePod: (cluster, token) => plane.provePod(cluster, token),
  assume: async (wish) => assume(plane, exchange, view, wish),
  assumeOnward: (first, wish) => assumeOnward(plane, exchange, view, first, wish),
});

function assume(plane: Plane, exchange: Exchange, view: AccountView, wish: ServiceSessionWish): WorkloadSession | undefined {
  const { service, role, source, sessionName, now } = wish;
  const { requestId } = exchange.request;
  const event = {
    eventVersion: '1.11', userIdentity: { type: 'AWSService', invokedBy: service }, eventTime: isoSeconds(now), eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', awsRegion: source.region, sourceIPAddress: service, userAgent: service,
    requestParameters: { roleArn: arn.role(view.account, role.Path, role.RoleName), roleSessionName: sessionName }, requestID: requestId, readOnly: true, resources: [{ ARN: source.arn, accountId: view.account, type: 'AWS::EKS::Cluster' }], eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: view.account, eventCategory: 'Management',
  };
  try {
    const { Credentials, AssumedRoleUser } = serviceSession(wish, view, plane);
    plane.audit.recordEvent({ ...event, responseElements: { credentials: { accessKeyId: Credentials.AccessKeyId, expiration: isoSeconds(Credentials.Expiration) } } });
    return { assumedRoleId: AssumedRoleUser.AssumedRoleId, arn: AssumedRoleUser.Arn, credentials: Credentials };
  } catch (thrown) {
    if (!(thrown instanceof Denied)) throw thrown;
    const { id, encodedMessage } = plane.denials.record(thrown, { requestId, operation: 'sts:AssumeRole', message: thrown.message }, now);
    exchange.authorizationId = id;
    exchange.encodedAuthorizationMessage = encodedMessage;
    plane.audit.recordEvent({ ...event, responseElements: null, errorCode: 'AccessDenied', errorMessage: thrown.message, additionalEventData: { authorizationId: id } });
    return undefined;
  }
}

/** The session asks for itself, as a program with its credentials would: by its own policies and the other role's trust policy, in whichever account that is. */
async function assumeOnward(plane: Plane, exchange: Exchange, view: AccountView, first: WorkloadSession, { roleArn, sessionName, externalId, seconds, policy }: OnwardWish): Promise<WorkloadSession | undefined> {
  const claims = plane.sessions.open(first.credentials.SessionToken);
  // INVARIANT: it was sealed a moment ago.
  if (!claims) throw new Error('a session that was just opened cannot be read');
  const input = { RoleArn: roleArn, RoleSessionName: sessionName, ExternalId: externalId, DurationSeconds: seconds, ...(policy !== undefined && { Policy: policy }) };
  try {
    // The output's type was checked against the model where the operation was defined.
    const { Credentials, AssumedRoleUser } = await callAs(plane, exchange.request, sessionCaller(view, claims), 'sts:AssumeRole', input) as { readonly Credentials: WorkloadSession['credentials']; readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string } };
    return { assumedRoleId: AssumedRoleUser.AssumedRoleId, arn: AssumedRoleUser.Arn, credentials: Credentials };
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') return undefined;
    throw thrown;
  }
}
