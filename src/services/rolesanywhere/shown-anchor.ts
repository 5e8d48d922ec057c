/** A trust anchor as its operations answer it. Source: "TrustAnchorDetail" (IAM Roles Anywhere API Reference); "Customize notification settings" (IAM Roles Anywhere User Guide). */
import type { NotificationSettingDetail, TrustAnchorDetail } from '../../../models/rolesanywhere.ts';
import type { NotificationDoc, TrustAnchorDoc } from '../../store/roles-anywhere-docs.ts';
import { resourceArn } from './lookup.ts';

/** Days. Source: the same guide. */
const thresholdDaysDefault = 45;

const events: readonly NotificationDoc['Event'][] = ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'];

export function shownAnchor(anchor: TrustAnchorDoc, account: string): TrustAnchorDetail {
  const { TrustAnchorId, Region, Name, Certificates, Enabled, CreateDate, UpdateDate } = anchor;
  return {
    trustAnchorId: TrustAnchorId, trustAnchorArn: resourceArn(account, Region, 'trust-anchor', TrustAnchorId), name: Name, enabled: Enabled, createdAt: CreateDate, updatedAt: UpdateDate,
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: Certificates } },
    notificationSettings: shownNotifications(anchor, account),
  };
}

/** All of them: those that nobody has set are the service's. */
function shownNotifications(anchor: TrustAnchorDoc, account: string): readonly NotificationSettingDetail[] {
  return events.map((event) => {
    const { enabled, threshold, isOwn } = notificationOf(anchor, event);
    return { event, channel: 'ALL', enabled, threshold, configuredBy: isOwn ? account : 'rolesanywhere.amazonaws.com' };
  });
}

/** Whether it is told of certificates that end, and how many days before. */
export function notificationOf({ Notifications = [] }: TrustAnchorDoc, event: NotificationDoc['Event']): { readonly enabled: boolean; readonly threshold: number; readonly isOwn: boolean } {
  const own = Notifications.find(({ Event }) => Event === event);
  return { enabled: own?.Enabled ?? true, threshold: own?.ThresholdDays ?? thresholdDaysDefault, isOwn: own !== undefined };
}
