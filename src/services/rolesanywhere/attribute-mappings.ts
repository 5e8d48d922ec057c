/** Which data of certificates become session tags, profile by profile. Source: "PutAttributeMapping" and "DeleteAttributeMapping" (IAM Roles Anywhere API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { CertificateField } from '../../base/certificate-fields.ts';
import type { Rolesanywhere } from '../../../models/rolesanywhere.ts';
import { readSpecifier } from '../../proof/x509/mapped-attributes.ts';
import type { Operations } from '../operation.ts';
import { get, resourceAsk } from './lookup.ts';
import { shownProfile } from './profiles.ts';

export const attributeMappings = {
  // GUESS: the rules that are put for a field are those that it has from then on.
  PutAttributeMapping: {
    access: ({ profileId }, context) => [resourceAsk('profile', context, profileId)],
    run({ profileId, certificateField, mappingRules }, { write, account, region, now, error }) {
      const Specifiers = readSpecifiers(certificateField, mappingRules.map(({ specifier }) => specifier), error);
      return write((draft) => {
        const found = get('profile', draft, region, profileId, error);
        const others = found.AttributeMappings.filter(({ Field }) => Field !== certificateField);
        const profile = { ...found, AttributeMappings: [...others, { Field: certificateField, Specifiers }], UpdateDate: now };
        draft.rolesAnywhereProfiles.update(profile);
        return { profile: shownProfile(profile, account) };
      });
    },
  },

  DeleteAttributeMapping: {
    access: ({ profileId }, context) => [resourceAsk('profile', context, profileId)],
    run({ profileId, certificateField, specifiers }, { write, account, region, now, error }) {
      const removed = specifiers && readSpecifiers(certificateField, specifiers, error);
      return write((draft) => {
        const found = get('profile', draft, region, profileId, error);
        const AttributeMappings = found.AttributeMappings.map((mapping) => (mapping.Field === certificateField ? { ...mapping, Specifiers: removed ? mapping.Specifiers.filter((one) => !removed.includes(one)) : [] } : mapping)).filter(({ Specifiers }) => Specifiers.length > 0);
        const profile = { ...found, AttributeMappings, UpdateDate: now };
        draft.rolesAnywhereProfiles.update(profile);
        return { profile: shownProfile(profile, account) };
      });
    },
  },
} satisfies Operations<Rolesanywhere, 'PutAttributeMapping' | 'DeleteAttributeMapping'>;

function readSpecifiers(field: CertificateField, texts: readonly string[], error: Raise<'ValidationException'>): readonly string[] {
  const read = texts.map((text) => {
    const specifier = readSpecifier(field, text);
    if (specifier === undefined) throw error('ValidationException', `${text} specifies nothing of ${field}.`);
    return specifier;
  });
  if (read.length === 0) throw error('ValidationException', 'At least one specifier is required.');
  return [...new Set(read)];
}
