/** The one document of an account's settings: read part by part, and changed part by part. */
import type { AccountSettingsDoc } from '../../store/account-settings-doc.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { accountSettingsKey } from '../../store/tables.ts';

/** The account's settings; nothing is set in a new one. */
export function settingsOf(view: AccountView): AccountSettingsDoc {
  return view.accountSettings.find(accountSettingsKey) ?? {};
}

/** Sets the parts that are given; undefined takes one away. */
export function changeSettings(draft: Draft, changed: AccountSettingsDoc): void {
  const settings = { ...settingsOf(draft), ...changed };
  if (!draft.accountSettings.insert(settings)) draft.accountSettings.update(settings);
}
