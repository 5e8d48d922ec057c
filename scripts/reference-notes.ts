/** Where an operation's meaning here differs from its meaning on AWS, or is not known: the notes of docs/reference/. */

/** Service → operation → note. Only names of operations stand here; a test sees to it. */
export const notes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  iam: {
    ChangePassword: 'At most twenty tries of a user in a quarter of an hour.',
    CreateDelegationRequest: 'Nobody is onboarded as a partner of AWS: answers what AWS does to an account that is not. So there are no requests, and the other operations on them say so.',
    CreateOpenIDConnectProvider: 'Without thumbprints AWS fetches one; here none is kept, and the issuer\'s certificate must be one that the machine trusts. A port in the URL is let through.',
    CreateServiceLinkedRole: 'For the services whose role, policy and suffix rule are known: about 140 of them. Any other is refused. The description is the one that is given.',
    CreateServiceSpecificCredential: 'Passwords open Git; API keys of Bedrock and CloudWatch Logs are made, kept and expire, but nothing here takes them.',
    CreateVirtualMFADevice: 'The QR code and the seed are shown once, as on AWS.',
    DeleteOpenIDConnectProvider: 'Deleting what is not there succeeds, as AWS\'s page says.',
    DeleteServiceLinkedRole: 'Done with the request: nothing here uses the role. The last thousand tasks are remembered.',
    DisableOrganizationsRootCredentialsManagement: 'There are no organizations yet: answers what AWS does to an account that is in none.',
    DisableOrganizationsRootSessions: 'The same.',
    EnableMFADevice: 'Virtual devices. Root enables and synchronizes its own under its account number as the user name; on AWS the console does that. Passkeys and hardware tokens are not known.',
    EnableOrganizationsRootCredentialsManagement: 'There are no organizations yet: answers what AWS does to an account that is in none.',
    EnableOrganizationsRootSessions: 'The same.',
    EnableOutboundWebIdentityFederation: 'The account\'s issuer is made and kept; no tokens of it are handed out yet.',
    GenerateCredentialReport: 'Made at once; the first call answers `STARTED` and the next `COMPLETE`, for four hours. `password_last_used` is `no_information` while nobody can sign in.',
    GenerateOrganizationsAccessReport: 'There are no organizations yet.',
    GetAccountAuthorizationDetails: 'A page ends earlier than `MaxItems` where its documents have more than a million characters together.',
    GetAccountSummary: 'Quotas are the account\'s own, adjusted ones too (`gatehouse quota`).',
    GetOrganizationsAccessReport: 'There are no organizations yet.',
    ListOrganizationsFeatures: 'There are no organizations yet.',
    SetSecurityTokenServicePreferences: 'Kept, and told by GetAccountSummary. Tokens of both versions are valid in every region: there are none to opt into.',
    SimulateCustomPolicy: 'Conditions on keys that are not given are listed as missing.',
    SimulatePrincipalPolicy: 'The same. There are no organizations yet, so no detail of theirs is answered.',
    UpdateAccountPasswordPolicy: 'Rules about characters, length and reuse hold for every password that is set. Age and hard expiry are told by the credential report, and bar the sign-in to a console, of which there is none yet.',
    UploadSSHPublicKey: 'RSA of 2,048 to 16,384 bits, as AWS asks for.',
    UploadServerCertificate: 'Chain and key must belong to the certificate. The key is sealed, and no operation gives it out again.',
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
