/** What `--help` teaches beyond the list of options: what a command is for, with examples to copy. */
import type { Option } from './option.ts';
import { options, optionsOf } from './options.ts';

/** An option's line: what it does, what it is when it is left out, its environment form. */
export function optionHelp({ about, fallback, environment }: Option<unknown>): string {
  // What is none, or no text (a list, a table), is usual without saying so.
  const usual = fallback === undefined || fallback === false || typeof fallback === 'object' ? '' : ` [${String(fallback)}]`;
  return `${about}${usual} (${environment})`;
}

const environmentOnly = optionsOf.start
  .map((name): Option<unknown> => options[name])
  .filter(({ flag }) => flag === undefined)
  .map(({ environment, about }) => `  ${environment.padEnd(34)}${about}\n`)
  .join('');

/** The text after the options, by command; `gatehouse` is the whole program's. */
export const examples: Readonly<Record<'gatehouse' | keyof typeof optionsOf, string>> = {
  gatehouse: `
In one terminal:
  gatehouse start                       # makes an account and its administrator, the first time
In another:
  eval "$(gatehouse env)"               # AWS_ENDPOINT_URL and the administrator's access key
  aws sts get-caller-identity
  aws iam create-user --user-name alice

Every option has an environment form, which its command's help shows: --port is GATEHOUSE_LISTEN_PORT.
A flag wins over the environment. A GATEHOUSE_ variable that means nothing stops the command.
`,
  start: `
In the environment only, because they are secrets:
${environmentOnly}
The first start makes an account: root, with a one-time password, and an administrator whose access key is
written to DIR/credentials. Every later start finds them there.

  gatehouse start                                        # port 4566 of this machine, data in .gatehouse
  gatehouse start --port 0 --ephemeral                   # for a test: any free port, nothing is kept
  gatehouse start --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem
  gatehouse start --host 0.0.0.0 --allow-plain-http      # behind a proxy that speaks TLS

SIGTERM and Ctrl-C let what is in flight end; a second one ends the process at once.
`,
  env: `
  eval "$(gatehouse env)"                                # sh, bash, zsh
  gatehouse env --shell fish | source
  gatehouse env --shell powershell | Out-String | Invoke-Expression
`,
  aws: `
Options of gatehouse come first, then what the AWS CLI is given:

  gatehouse aws iam list-users
  gatehouse aws --data-dir DIR sts get-caller-identity
`,
  why: `
A denied request carries an authorization id: its request id, which every SDK shows of an error, and which stands in the
request log and in the audit record. Denials are kept for 48 hours, with the policies as they were.

  gatehouse why                                          # what was denied of late
  gatehouse why last                                     # the latest of them, explained
  gatehouse why 3f0c…
`,
  'who-can': `
Every principal of the account whose policies let it, with the statements that do, what limits them, and the conditions that
nothing is known of before a request is made. Without a resource it is about any.

  gatehouse who-can iam:CreateUser
  gatehouse who-can s3:GetObject arn:aws:s3:::reports/2026.csv
`,
  quota: `
A new account has AWS's quotas. Those that AWS adjusts on request can be set:

  gatehouse quota                                        # all of them
  gatehouse quota RolesPerAccount 5000
`,
  'token-keys': `
The tokens of sts:GetWebIdentityToken are signed by keys of the account's own. They are succeeded by themselves when they are
ninety days old. The next ones are published an hour before they sign, and old ones until all that they signed has expired.

  gatehouse token-keys                                   # those that are published, and what each does
  gatehouse token-keys rotate                            # begin to use new ones, without a gap
  gatehouse token-keys revoke                            # others may know them: no token of theirs is good any more
`,
  mfa: `
The seeds of hardware tokens, as their maker told them: a file with a line SERIAL,SEED for each, seeds in base32.
Who has a token then enables it by its serial number, with two of its codes.

  gatehouse mfa import tokens.csv
  gatehouse mfa list
  gatehouse aws iam enable-mfa-device --user-name alice --serial-number GAHT12345678 \\
    --authentication-code1 123456 --authentication-code2 456789
`,
  'credential-process': `
For the AWS CLI and every AWS SDK: a profile whose credentials are a role's, fetched anew when they end.

  # ~/.aws/config
  [profile deploy]
  credential_process = gatehouse credential-process --data-dir /srv/gatehouse --role arn:aws:iam::111122223333:role/deploy

The role is assumed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment (and AWS_SESSION_TOKEN, if they are temporary),
else with the access key of a profile of DIR/credentials. What is written is a secret; what goes wrong is said on standard error.

  gatehouse credential-process --role arn:aws:iam::111122223333:role/deploy --session-name me --duration-seconds 900

With --certificate the role is one of IAM Roles Anywhere, and the key of the certificate proves who asks: docs/how-to/certificates.md.

  gatehouse credential-process --certificate device.pem --private-key device-key.pem \\
    --trust-anchor-arn ARN --profile-arn ARN --role-arn ARN
`,
  agent: `
For a machine that is no instance: a key, in a file that only its owner may read, is all that it keeps. IAM Roles Anywhere gives
credentials of the role, anew before they end, and they are nowhere but in the agent's memory.

With a code of \`gatehouse machine add\` the first start enrols the machine: docs/how-to/machines.md. Later ones need none.

  gatehouse agent --machine-dir /var/lib/gatehouse-agent --code-file code

With a certificate that it has already: docs/how-to/certificates.md.

  gatehouse agent --role arn:aws:iam::111122223333:role/device --certificate device-1.pem --private-key device-1-key.pem \\
    --trust-anchor-arn ARN --profile-arn ARN

Everything on the machine that has AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:4580/ in its environment then finds them, as
on an instance of EC2 (IMDSv2). With --token-file FILE it does not: there only who may read the file is given them, by
AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, which the agent writes out as it starts.

With --cluster NAME it is the node's agent of EKS Pod Identity: each pod is given its own role's credentials: docs/how-to/pods.md.
`,
  cluster: `
A pod of a registered cluster is given the role that its service account is associated with, for the token that Kubernetes
gives it: docs/how-to/pods.md. The keys of the issuer are fetched from it, unless they are given.

  gatehouse cluster register blue --issuer-url https://oidc.example.com/blue
  kubectl get --raw /openid/v1/jwks > keys.json
  gatehouse cluster register blue --issuer-url https://kubernetes.default.svc.cluster.local --keys keys.json
  gatehouse cluster list
`,
  machine: `
A machine that shows its code is given a certificate under its name, once, and has its one role for as long as it is there.

  gatehouse machine authority                            # the trust anchor that the role is to trust
  gatehouse machine add web-1 --profile-arn ARN --role ARN --out code
  gatehouse machine list
  gatehouse machine remove web-1                         # it is given nothing any more
`,
  'ca init': `
The key is written to DIR/ca-key.pem (mode 0600), the certificate, which others are to trust, to DIR/ca.pem.

  gatehouse ca init --subject 'CN=Example Authority,O=Example'
`,
  'ca issue': `
With --csr the key stays where the request was made; without it, one is made here.

  gatehouse ca issue --subject CN=device-1 --san DNS:device-1.example --out device-1
  gatehouse ca issue --csr device-1.csr --out device-1
`,
  'ca request': `
  gatehouse ca request --subject CN=device-1 --out device-1      # device-1-key.pem (mode 0600) and device-1.csr
`,
  'ca revoke': `
  gatehouse ca revoke device-1.pem && gatehouse ca crl --out list.pem
`,
  'ca crl': `
A list says until when it is good; write a new one before that, also when nothing was taken back.

  gatehouse ca crl --out list.pem
`,
  'ca list': `
  gatehouse ca list
`,
  evaluate: `
The first file holds the request (JSON or YAML), the others the caller's policies. Exit code: 0 allowed, 1 denied, 2 an error.

  echo '{ "action": "s3:GetObject", "resource": "arn:aws:s3:::logs/a" }' > request.json
  gatehouse evaluate request.json policy.json
  gatehouse evaluate request.json policy.json --boundary boundary.json --json
`,
  lint: `
Holds policies against what AWS lists of its services, in the words of IAM Access Analyzer. Exit code: 0 nothing grave,
1 an error or a security warning, 2 a file that could not be read.

  gatehouse lint policies/*.json
  gatehouse lint --kind trust role.json
  gatehouse lint --json policies/*.json
`,
  test: `
A file of tests states policies – in place, by the path of a file, by ARN of a running Gatehouse – and what they must decide.
Exit code: 0 all passed, 1 one failed, 2 an error.

  gatehouse test policy-tests/*.yaml
  gatehouse test --format tap policy-tests/*.yaml
`,
  'recover root': `
Whoever may write the data directory may do this; it is recorded in the audit log. Root's console sessions end.

  gatehouse recover root --password                      # another password, for one sign-in, which sets the next
  gatehouse recover root --mfa                           # sign in without the devices, then enable others
`,
  'account create': `
The administrator's access key is added to DIR/credentials, under a profile of its own:

  gatehouse account create --email team@example.com
  gatehouse aws --profile NAME sts get-caller-identity

An account can manage an organization: the first member begins it. The management account then reaches each member by the
role OrganizationAccountAccessRole, and, where it has switched that on, by sts:AssumeRoot:

  gatehouse account create --email team@example.com --management-account 111122223333
`,
  'issuer start': `
For tests, on this machine alone. It serves, under http://127.0.0.1:PORT/ISSUER, the discovery document and the public key of
every issuer that tokens of \`gatehouse issuer token\` name. Gatehouse takes them from there only for the issuers it is told of:

  gatehouse issuer start
  gatehouse start --issuer-at https://token.actions.githubusercontent.com=http://127.0.0.1:4577/token.actions.githubusercontent.com

The private key is in DIR/test-issuer (mode 0600): who can read it can mint tokens for a Gatehouse started so.
See docs/how-to/test-github-actions.md.
`,
  'issuer keys': `
For tests: a JSON Web Key Set, as a cluster of Kubernetes writes it for \`kubectl get --raw /openid/v1/jwks\`.

  gatehouse issuer keys --out keys.json
`,
  'issuer token': `
For tests. The claims are those that the issuer documents; --claim adds or replaces one.

  gatehouse issuer token --github-repo acme/app                              # sub: repo:acme/app:ref:refs/heads/main
  gatehouse issuer token --github-repo acme/app --environment prod
  gatehouse issuer token --gitlab-project acme/app --ref refs/tags/v1
  gatehouse issuer token --kubernetes-namespace web --service-account api --issuer-url https://oidc.eks.eu-west-1.amazonaws.com/id/TEST --out token
  gatehouse issuer token --subject alice --issuer-url https://acme.okta.com --claim 'amr=["mfa"]'

  aws sts assume-role-with-web-identity --role-arn ARN --role-session-name ci --web-identity-token "$(gatehouse issuer token --github-repo acme/app)"
`,
  'data-keys': `
Secrets in the journal and session tokens are sealed by a data key, which is itself sealed by the master key. A new one takes
over at once, beside a running Gatehouse and in every process of it. Old ones go on opening what they sealed, so that no session
ends and no secret is lost; but no session that an old one seals from then on counts, and none at all once the last has ended.

  gatehouse data-keys                                    # those that there are, the newest first
  gatehouse data-keys rotate
  gatehouse data-keys revoke                             # others may know them: every session ends now
`,
  repair: `
A start stops when an entry of the journal is damaged, and changes nothing. This cuts the journal back to the last entry
before the damage, and keeps a copy of it as it was. What was written after the damage is lost. Stop Gatehouse first.

  gatehouse repair --data-dir DIR
`,
};
