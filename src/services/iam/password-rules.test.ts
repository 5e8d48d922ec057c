/** When a password is too old, and how many are remembered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordPolicyDoc } from '../../store/account-settings-doc.ts';
import type { LoginProfileDoc } from '../../store/tables.ts';
import { passwordExpiresAt, passwordStanding, rememberedPasswordsMax, withPassword } from './password-rules.ts';

const profile: LoginProfileDoc = { UserId: 'AIDAX', CreateDate: 0, PasswordHash: 'first', PasswordChangedAt: 1_000, PasswordResetRequired: false, PreviousHashes: [] };
const policy: PasswordPolicyDoc = { MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: false, RequireUppercaseCharacters: false, RequireLowercaseCharacters: false, AllowUsersToChangePassword: false };
const ninetyDays = { ...policy, MaxPasswordAge: 90 };
const expiry = 1_000 + 90 * 86_400_000;

test('a password expires so many days after it was set, and never without a greatest age', () => {
  assert.equal(passwordExpiresAt(profile, ninetyDays), expiry);
  assert.equal(passwordExpiresAt(profile, policy), undefined);
  assert.equal(passwordExpiresAt(profile, undefined), undefined);
});

test('an expired password must be changed, or with hard expiry be reset; one that must be changed anyway too', () => {
  assert.equal(passwordStanding(profile, ninetyDays, expiry - 1), 'valid');
  assert.equal(passwordStanding(profile, ninetyDays, expiry), 'mustBeChanged');
  assert.equal(passwordStanding(profile, { ...ninetyDays, HardExpiry: true }, expiry), 'mustBeReset');
  assert.equal(passwordStanding({ ...profile, PasswordResetRequired: true }, { ...ninetyDays, HardExpiry: true }, expiry - 1), 'mustBeChanged');
  assert.equal(passwordStanding({ ...profile, PasswordResetRequired: true }, undefined, 0), 'mustBeChanged');
  assert.equal(passwordStanding(profile, { ...policy, HardExpiry: true }, Number.MAX_SAFE_INTEGER), 'valid');
});

test('the newest passwords are remembered, as many as a policy may ask for', () => {
  let changed = profile;
  for (let i = 0; i < 30; i++) changed = withPassword(changed, `hash-${i}`, 2_000 + i);
  assert.equal(changed.PasswordHash, 'hash-29');
  assert.equal(changed.PasswordChangedAt, 2_029);
  assert.equal(changed.PreviousHashes.length, rememberedPasswordsMax - 1);
  assert.deepEqual([changed.PreviousHashes[0], changed.PreviousHashes.at(-1)], ['hash-28', 'hash-6']);
});
