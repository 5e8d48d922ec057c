/** IAM Roles Anywhere: sessions of roles for whoever has a certificate. */
import type { Rolesanywhere } from '../../../models/rolesanywhere.ts';
import { service } from '../operation.ts';
import { attributeMappings } from './attribute-mappings.ts';
import { createSession } from './create-session.ts';
import { notificationSettings } from './notification-settings.ts';
import { profiles } from './profiles.ts';
import { revocationLists } from './revocation-lists.ts';
import { subjects } from './subjects.ts';
import { tags } from './tags.ts';
import { trustAnchors } from './trust-anchors.ts';

export const rolesanywhere = service<Rolesanywhere>()('rolesanywhere', {
  unimplemented: [],
  operations: { ...trustAnchors, ...profiles, ...attributeMappings, ...revocationLists, ...subjects, ...notificationSettings, ...tags, ...createSession },
});
