/** The limits of EKS here. Source: "View and manage Amazon EKS and Fargate service quotas" (EKS User Guide); TagMap in the model. */

export const eksLimits = {
  associationsPerClusterMax: 5_000,
  tagsMax: 50,
  pageSizeDefault: 100,
  /** Characters. Source: AssumeRole, Policy (STS API Reference). */
  policyLengthMax: 2_048,
} as const;
