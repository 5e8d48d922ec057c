/** Where an operation's meaning here differs from its meaning on AWS, or is not known: the notes of docs/reference/. */

/** Service → operation → note. Only names of operations stand here; a test sees to it. */
export const notes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  iam: {
    CreateOpenIDConnectProvider: 'Without thumbprints AWS fetches one; here none is kept, and the issuer\'s certificate must be one that the machine trusts. A port in the URL is let through.',
    CreateServiceSpecificCredential: 'Passwords open Git; API keys of Bedrock and CloudWatch Logs are made, kept and expire, but nothing here takes them.',
    CreateVirtualMFADevice: 'The QR code and the seed are shown once, as on AWS.',
    DeleteOpenIDConnectProvider: 'Deleting what is not there succeeds, as AWS\'s page says.',
    DisableOrganizationsRootCredentialsManagement: 'There are no organizations yet: answers what AWS does to an account that is in none.',
    DisableOrganizationsRootSessions: 'The same.',
    EnableOrganizationsRootCredentialsManagement: 'The same.',
    EnableOrganizationsRootSessions: 'The same.',
    GenerateCredentialReport: 'Made at once; the first call answers `STARTED` and the next `COMPLETE`, for four hours. `password_last_used` is `no_information` while nobody can sign in.',
    GetAccountSummary: 'Quotas are the account\'s own, adjusted ones too (`gatehouse quota`).',
    ListOrganizationsFeatures: 'There are no organizations yet.',
    SimulateCustomPolicy: 'Conditions on keys that are not given are listed as missing.',
    SimulatePrincipalPolicy: 'The same. There are no organizations yet, so no detail of theirs is answered.',
    UploadServerCertificate: 'Chain and key must belong to the certificate. The key is sealed, and no operation gives it out again.',
    UploadSSHPublicKey: 'RSA of 2,048 to 16,384 bits, as AWS asks for.',
  },
  sts: {
    AssumeRole: '`ProvidedContexts` answers `NotImplemented`: there is no IAM Identity Center to vouch for one.',
    AssumeRoleWithSAML: 'SHA-1 signatures are refused. An assertion is good once.',
    AssumeRoleWithWebIdentity: 'Keys are fetched from the issuer (`--allow-private-issuers` for those in one\'s own network). `ProviderId`, for access tokens of Amazon and Facebook, answers `NotImplemented`.',
    GetCallerIdentity: 'Needs no permission, even under an explicit Deny, as on AWS.',
  },
  gatehouse: {
    GetAuthorizationExplanation: 'Why a request was denied: see [why](../how-to/explain-denials.md).',
    ListQuotas: 'The quotas that can be adjusted, and their bounds.',
    SetQuota: 'The same as `gatehouse quota NAME VALUE`.',
  },
};
