/** The credentials of an instance's role: made by STS when they are asked for, handed out again for an hour, then made anew. Source: "Retrieve security credentials from instance metadata" (EC2 User Guide). */
import { Denied } from '../../authz/denial.ts';
import * as arn from '../../base/arn.ts';
import { isoSeconds } from '../../base/clock.ts';
import type { Timestamp } from '../../base/clock.ts';
import { serviceSession } from '../../services/service-session.ts';
import type { AccountView } from '../../store/store.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { MetadataVersion } from './answer.ts';
import type { InstanceFacts } from './facts.ts';
import { written } from './instance-tree.ts';
import { metadataLimits } from './limits.ts';
import type { MetadataParts } from './parts.ts';

interface Handed { readonly role: RoleDoc; readonly at: Timestamp; readonly text: string }

/** Of what the account was then: any change of it may be the one that was asked for. */
interface Refused extends Handed { readonly revision: number }

const service = 'ec2.amazonaws.com';

/** Those of one instance. */
export class RoleCredentials {
  readonly #parts: MetadataParts;
  readonly #handed = new Map<MetadataVersion, Handed>();
  readonly #refused = new Map<MetadataVersion, Refused>();

  constructor(parts: MetadataParts) {
    this.#parts = parts;
  }

  /** What `security-credentials/ROLE` answers: credentials, or why there are none. Made anew as soon as the role is another, or is trusted otherwise. */
  text(facts: InstanceFacts, role: RoleDoc, view: AccountView, version: MetadataVersion): string {
    const now = this.#parts.clock();
    const handed = this.#handed.get(version);
    if (handed && handed.role === role && now - handed.at < metadataLimits.credentialRenewalSeconds * 1000) return handed.text;
    // What was handed out ends with the role that it was of: nothing of it is shown to the next.
    this.#handed.delete(version);
    // A client that asks without end would be in the audit log each time.
    const refused = this.#refused.get(version);
    if (refused && refused.role === role && refused.revision === view.revision && now - refused.at < metadataLimits.refusalSeconds * 1000) return refused.text;
    return this.#issue(facts, role, view, version, now);
  }

  #issue({ account, instance, network }: InstanceFacts, role: RoleDoc, view: AccountView, version: MetadataVersion, now: Timestamp): string {
    const source = { arn: `arn:aws:ec2:${instance.Region}:${account}:instance/${instance.InstanceId}`, region: instance.Region };
    const requestId = this.#parts.newRequestId();
    const LastUpdated = isoSeconds(now);
    const event = { account, role, source, sessionName: instance.InstanceId, requestId, now };
    try {
      const { Credentials } = serviceSession({
        service, role, source, now, sessionName: instance.InstanceId, seconds: metadataLimits.credentialSeconds,
        // Source: "Actions, resources, and condition keys for Amazon EC2"; "AWS global condition context keys".
        keys: { 'ec2:SourceInstanceArn': source.arn, 'ec2:RoleDelivery': version, 'aws:Ec2InstanceSourceVpc': network.vpcId, 'aws:Ec2InstanceSourcePrivateIPv4': instance.PrivateIpAddress },
      }, view, this.#parts);
      this.#record(event, { accessKeyId: Credentials.AccessKeyId, expiration: isoSeconds(Credentials.Expiration) });
      const text = written({ Code: 'Success', LastUpdated, Type: 'AWS-HMAC', AccessKeyId: Credentials.AccessKeyId, SecretAccessKey: Credentials.SecretAccessKey, Token: Credentials.SessionToken, Expiration: isoSeconds(Credentials.Expiration) });
      this.#handed.set(version, { role, at: now, text });
      this.#refused.delete(version);
      return text;
    } catch (thrown) {
      if (!(thrown instanceof Denied)) throw thrown;
      const authorizationId = this.#parts.recordDenial(thrown, { requestId, operation: 'sts:AssumeRole', message: thrown.message }, now);
      this.#record(event, undefined, { errorCode: 'AccessDenied', errorMessage: thrown.message, additionalEventData: { authorizationId } });
      const text = written({ Code: 'AssumeRoleUnauthorizedAccess', Message: `EC2 cannot assume the role ${role.RoleName}. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`, LastUpdated });
      this.#refused.set(version, { role, at: now, text, revision: view.revision });
      return text;
    }
  }

  /** As CloudTrail has it: the service assumed the role. */
  #record({ account, role, source, sessionName, requestId, now }: IssueEvent, credentials: object | undefined, failure: object = {}): void {
    this.#parts.recordEvent({
      eventVersion: '1.11', userIdentity: { type: 'AWSService', invokedBy: service }, eventTime: isoSeconds(now), eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', awsRegion: source.region,
      sourceIPAddress: service, userAgent: service, requestParameters: { roleArn: arn.role(account, role.Path, role.RoleName), roleSessionName: sessionName }, responseElements: credentials ? { credentials } : null,
      ...failure, requestID: requestId, readOnly: true, resources: [{ ARN: source.arn, accountId: account, type: 'AWS::EC2::Instance' }], eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: account, eventCategory: 'Management',
    });
  }
}

interface IssueEvent { readonly account: string; readonly role: RoleDoc; readonly source: { readonly arn: string; readonly region: string }; readonly sessionName: string; readonly requestId: string; readonly now: Timestamp }
