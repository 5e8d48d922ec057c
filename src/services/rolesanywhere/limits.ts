/** The limits of Roles Anywhere, each in a region. Source: "Quotas for AWS Identity and Access Management Roles Anywhere". */

export const rolesAnywhereLimits = {
  trustAnchorsMax: 50,
  profilesMax: 250,
  certificatesPerAnchorMax: 2,
  listsPerAnchorMax: 2,
  /** Source: TagList in the model. */
  tagsMax: 200,
  /** Items of a page where no pageSize is given, and at most. GUESS: AWS tells no number. */
  pageSizeDefault: 50,
  pageSizeMax: 1_000,
  /** Subjects that are remembered; who comes then is served all the same, and not listed. */
  subjectsMax: 10_000,
  /** Certificates that are remembered of one subject, the newest. */
  certificatesPerSubjectMax: 20,
} as const;
