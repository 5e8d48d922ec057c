/** The limits of IoT's registry, each in one place. Source: "AWS IoT Core endpoints and quotas" (AWS General Reference). */

export const iotLimits = {
  /** Characters of a policy document, without white space. */
  policyLengthMax: 2_048,
  policyVersionsMax: 5,
  /** Policies on one certificate. */
  policiesPerCertificateMax: 10,
  /** Things of one certificate. */
  thingsPerCertificateMax: 10,
  /** Attributes of a thing without a type, and with one. */
  attributesMax: 3,
  typedAttributesMax: 50,
  searchableAttributesMax: 3,
  roleAliasesMax: 100,
  /** Authorities of one subject, in one region. */
  authoritiesPerSubjectMax: 10,
  tagsMax: 50,
  /** Source: DeleteThingType: five minutes after it was deprecated. */
  typeDeletableAfterMs: 5 * 60_000,
  pageSizeDefault: 25,
  /** Of the lists of the registry. */
  resultsDefault: 50,
} as const;
