/** When somebody wants to hear that certificates end. Source: "Customize notification settings" (IAM Roles Anywhere User Guide). */
import type { Raise } from '../../base/api-error.ts';
import type { NotificationSetting, Rolesanywhere } from '../../../models/rolesanywhere.ts';
import type { NotificationDoc } from '../../store/roles-anywhere-docs.ts';
import type { Operations } from '../operation.ts';
import { get, resourceAsk } from './lookup.ts';
import { shownAnchor } from './shown-anchor.ts';

export const notificationSettings = {
  PutNotificationSettings: {
    access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
    run: ({ trustAnchorId, notificationSettings }, { write, account, region, now, error }) => write((draft) => {
      const found = get('trust-anchor', draft, region, trustAnchorId, error);
      const given = readNotifications(notificationSettings, error);
      const anchor = { ...found, Notifications: [...(found.Notifications ?? []).filter(({ Event }) => !given.some((one) => one.Event === Event)), ...given], UpdateDate: now };
      draft.trustAnchors.update(anchor);
      return { trustAnchor: shownAnchor(anchor, account) };
    }),
  },

  ResetNotificationSettings: {
    access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
    run: ({ trustAnchorId, notificationSettingKeys }, { write, account, region, now, error }) => write((draft) => {
      const found = get('trust-anchor', draft, region, trustAnchorId, error);
      const anchor = { ...found, Notifications: (found.Notifications ?? []).filter(({ Event }) => !notificationSettingKeys.some(({ event }) => event === Event)), UpdateDate: now };
      draft.trustAnchors.update(anchor);
      return { trustAnchor: shownAnchor(anchor, account) };
    }),
  },
} satisfies Operations<Rolesanywhere, 'PutNotificationSettings' | 'ResetNotificationSettings'>;

export function readNotifications(settings: readonly NotificationSetting[], error: Raise<'ValidationException'>): readonly NotificationDoc[] {
  if (new Set(settings.map(({ event }) => event)).size < settings.length) throw error('ValidationException', 'An event can have one setting.');
  return settings.map(({ event, enabled, threshold }) => ({ Event: event, Enabled: enabled, ...(threshold !== undefined && { ThresholdDays: threshold }) }));
}
