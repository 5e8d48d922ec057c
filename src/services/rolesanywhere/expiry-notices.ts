/** Says which certificates end soon, as the settings of trust anchors have it, once a day for each. Source: "Customize notification settings" and "Monitoring IAM Roles Anywhere events in Amazon EventBridge" (IAM Roles Anywhere User Guide). */
import type { Timestamp } from '../../base/clock.ts';
import { isoSeconds } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import { showName } from '../../base/distinguished-name.ts';
import { isSignedBy } from '../../proof/x509/certificate.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { readCertificatePems } from '../../proof/x509/pem.ts';
import { certificateUse } from '../../store/roles-anywhere-docs.ts';
import type { NotificationDoc, TrustAnchorDoc } from '../../store/roles-anywhere-docs.ts';
import type { AccountView, GuardStore, LastUsed, Store } from '../../store/store.ts';
import { resourceArn } from './lookup.ts';
import { notificationOf } from './shown-anchor.ts';

export interface NoticeParts {
  readonly store: Pick<Store, 'partition' | 'account'>;
  readonly clock: Clock;
  readonly guard: GuardStore;
  readonly lastUsed: Pick<LastUsed, 'find'>;
  readonly newRequestId: () => string;
  /** Adds a record to the audit log. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, cause: unknown) => void;
}

const dayMs = 86_400_000;
/** An authority's is still told of after its end. Source: the first page, "Notification evaluation criteria". */
const daysAfterEnd: Readonly<Record<NotificationDoc['Event'], number>> = { CA_CERTIFICATE_EXPIRY: 14, END_ENTITY_CERTIFICATE_EXPIRY: 0 };
/** A little less than a day: whoever looks again at the same hour finds it over. */
const againMs = dayMs - 3_600_000;
/** Certificates that are read before others have their turn. */
const perTurn = 50;

/** What is due now, of all accounts. */
export async function tellOfExpiries(parts: NoticeParts): Promise<void> {
  for (const { AccountId } of Array.from(parts.store.partition.accounts.all())) {
    const view = await parts.store.account(AccountId);
    if (!view) continue;
    const anchors = Array.from(view.trustAnchors.all()).filter(({ Enabled }) => Enabled).map((anchor) => ({ anchor, authorities: readCertificatePems(anchor.Certificates) }));
    if (anchors.length === 0) continue;
    for (const { anchor, authorities } of anchors) for (const authority of authorities) await tellIfDue(authority, 'CA_CERTIFICATE_EXPIRY', [anchor], view, parts);
    await tellOfEndEntities(anchors, view, parts);
  }
}

interface Read { readonly anchor: TrustAnchorDoc; readonly authorities: readonly Certificate[] }

/** Of those that were shown within a day. */
async function tellOfEndEntities(anchors: readonly Read[], view: AccountView, parts: NoticeParts): Promise<void> {
  const now = parts.clock();
  let read = 0;
  for (const { SubjectId, Region, Certificates } of Array.from(view.certificateSubjects.all())) {
    for (const { SerialNumber, Certificate: pem } of Certificates) {
      const use = parts.lastUsed.find(certificateUse(SubjectId, SerialNumber));
      if (!use || now - use.at > dayMs) continue;
      if (++read % perTurn === 0) await new Promise(setImmediate);
      const [certificate] = readCertificatePems(pem);
      const near = anchors.filter(({ anchor }) => anchor.Region === Region);
      // Where another stands between it and the anchor, any of the region's may be the one.
      const signing = near.filter(({ authorities }) => authorities.some((authority) => isSignedBy(certificate!, authority)));
      await tellIfDue(certificate!, 'END_ENTITY_CERTIFICATE_EXPIRY', (signing.length > 0 ? signing : near).map(({ anchor }) => anchor), view, parts);
    }
  }
}

async function tellIfDue(certificate: Certificate, event: NotificationDoc['Event'], anchors: readonly TrustAnchorDoc[], { account }: AccountView, { clock, guard, newRequestId, recordEvent, warn }: NoticeParts): Promise<void> {
  const now = clock();
  const days = daysUntil(certificate.notAfter, now);
  const anchor = anchors.find((one) => {
    const { enabled, threshold } = notificationOf(one, event);
    return enabled && days <= threshold && days >= -daysAfterEnd[event];
  });
  if (!anchor) return;
  const anchorArn = resourceArn(account, anchor.Region, 'trust-anchor', anchor.TrustAnchorId);
  // Asked of the store that all processes and the next start share.
  if (!(await guard.consume(`expiry/${anchorArn}/${event}/${certificate.serialNumber}`, now + againMs))) return;
  const issuer = showName(certificate.issuer);
  recordEvent({
    eventVersion: '1.11', userIdentity: { type: 'AWSService', invokedBy: 'rolesanywhere.amazonaws.com' }, eventTime: isoSeconds(now), eventSource: 'rolesanywhere.amazonaws.com', eventName: 'CertificateExpirationStateChange', awsRegion: anchor.Region,
    requestParameters: null, responseElements: null, requestID: newRequestId(), readOnly: true, resources: [{ ARN: anchorArn, accountId: account, type: 'AWS::RolesAnywhere::TrustAnchor' }], eventType: 'AwsServiceEvent', managementEvent: true,
    recipientAccountId: account, eventCategory: 'Management',
    serviceEventDetails: { event, 'certificate-serial-number': certificate.serialNumber, 'days-to-expiry': days, issuer, subject: showName(certificate.subject) },
  });
  warn(`a certificate ${event === 'CA_CERTIFICATE_EXPIRY' ? `of the trust anchor ${anchorArn}` : 'by which a machine is given credentials'} ${days >= 0 ? `ends in ${days} days` : `ended ${-days} days ago`}: number ${certificate.serialNumber} of ${issuer}`, undefined);
}

const daysUntil = (end: Timestamp, now: Timestamp): number => Math.floor((end - now) / dayMs);
