/** Every option there is, one row each, and which command takes which. */
import { resolve } from 'node:path';
import { UsageError, readOptions } from './option.ts';
import type { GivenFlags, Option, ValuesOf } from './option.ts';
import type { TokenSettings, TokenWish } from '../doors/test-issuer/token-shapes.ts';
import type { CreateAccountOptions, DataKeysOptions, RecoverRootOptions, RepairOptions } from './commands.ts';
import { policyKinds } from '../policy/lint/likely-kind.ts';
import type { PolicyKind } from '../policy/types.ts';
import { shellNames } from './shells.ts';
import type { ShellName } from './shells.ts';
import { instanceDrivers } from './start-options.ts';
import type { InstanceDriver, StartOptions } from './start-options.ts';
import { testFormats, type TestFormat } from './test-formats.ts';
import { isLoopback, readAccountId, readCount, readEmail, readGivenAccessKey, readGivenFile, readHost, readHostNames, readHours, readMasterKey, readOneOf, readPort, readPublicUrl, readSeconds, readSwitch, readText, readTlsPair } from './value-readers.ts';
import { readAlternativeNames, readDays } from './certificate-readers.ts';
import { keyTypes } from './key-types.ts';
import type { KeyType } from './key-types.ts';
import type { AlternativeName } from '../credentials/authority/certificate-extensions.ts';
import { noObjectStores, readObjectStores } from './object-stores-file.ts';
import { readDatabaseServers, readPortRange } from './database-readers.ts';
import { readClaims, readIssuer, readIssuerAddresses, readProject, readRef } from './issuer-readers.ts';
import type { World } from './world.ts';

/** Lets the type of `read` and of `fallback` be told from a row. */
const row = <T>(option: Option<T>): Option<T> => option;
/** An option that may be left out. */
const optional = (option: Omit<Option<string | undefined>, 'fallback'>): Option<string | undefined> => ({ ...option, fallback: undefined });

const optionalNumber = (option: Omit<Option<number | undefined>, 'fallback'>): Option<number | undefined> => ({ ...option, fallback: undefined });

export const options = {
  port: row({ flag: '--port', argument: 'PORT', environment: 'GATEHOUSE_LISTEN_PORT', about: 'the port to listen on; 0 lets the system choose', read: readPort, fallback: 4566 }),
  host: row({ flag: '--host', argument: 'ADDRESS', environment: 'GATEHOUSE_LISTEN_HOST', about: 'the address to listen on', read: readHost, fallback: '127.0.0.1' }),
  dataDir: row({ flag: '--data-dir', argument: 'DIR', environment: 'GATEHOUSE_DATA_DIR', about: 'where everything is kept', read: readText, fallback: '.gatehouse' }),
  ephemeral: row({ flag: '--ephemeral', argument: undefined, environment: 'GATEHOUSE_EPHEMERAL', about: 'keep nothing: the state is in memory and ends with the process', read: readSwitch, fallback: false }),
  accountId: optional({ flag: '--account-id', argument: 'NUMBER', environment: 'GATEHOUSE_ACCOUNT_ID', about: 'the twelve digits of the account that a first start makes (chosen at random)', read: readAccountId }),
  rootEmail: row({ flag: '--root-email', argument: 'ADDRESS', environment: 'GATEHOUSE_ROOT_EMAIL', about: 'the e-mail address of root in the account that a first start makes', read: readEmail, fallback: 'root@localhost' }),
  tlsCert: optional({ flag: '--tls-cert', argument: 'FILE', environment: 'GATEHOUSE_TLS_CERT', about: 'speak TLS with this certificate chain (PEM)', read: readText }),
  tlsKey: optional({ flag: '--tls-key', argument: 'FILE', environment: 'GATEHOUSE_TLS_KEY', about: 'the private key of --tls-cert (PEM, not encrypted)', read: readText }),
  allowPlainHttp: row({ flag: '--allow-plain-http', argument: undefined, environment: 'GATEHOUSE_ALLOW_PLAIN_HTTP', about: 'listen beyond this machine without TLS, because something in front speaks it', read: readSwitch, fallback: false }),
  allowPrivateIssuers: row({ flag: '--allow-private-issuers', argument: undefined, environment: 'GATEHOUSE_ALLOW_PRIVATE_ISSUERS', about: 'fetch the keys of OpenID Connect issuers from loopback and private addresses, too', read: readSwitch, fallback: false }),
  gitSshPort: optionalNumber({ flag: '--git-ssh-port', argument: 'PORT', environment: 'GATEHOUSE_GIT_SSH_PORT', about: 'serve the repositories of CodeCommit over SSH on this port, too; 0 lets the system choose (not served)', read: readPort }),
  devicePort: optionalNumber({ flag: '--device-port', argument: 'PORT', environment: 'GATEHOUSE_DEVICE_PORT', about: 'give devices credentials by certificate (IoT) on this port; 0 lets the system choose (not served)', read: readPort }),
  databaseServer: row<StartOptions['databaseServers']>({ flag: '--database-server', argument: 'NAME=HOST:PORT', environment: 'GATEHOUSE_DATABASE_SERVER', about: 'a PostgreSQL that database instances of RDS may stand for (NAME=tls:HOST:PORT to speak TLS with it); may be repeated', read: readDatabaseServers, fallback: new Map(), isRepeatable: true }),
  databasePorts: row<StartOptions['databasePorts']>({ flag: '--database-ports', argument: 'FIRST-LAST', environment: 'GATEHOUSE_DATABASE_PORTS', about: 'the ports that database instances are reached at', read: readPortRange, fallback: { first: 15_432, last: 15_531 } }),
  objectStores: optional({ flag: '--object-stores', argument: 'FILE', environment: 'GATEHOUSE_OBJECT_STORES', about: 'other S3-compatible stores, and whose buckets are kept there (JSON with their credentials; see docs/how-to/object-stores.md)', read: readText }),
  instances: row<InstanceDriver>({ flag: '--instances', argument: 'HOW', environment: 'GATEHOUSE_INSTANCES', about: `what an instance of EC2 is: ${instanceDrivers.join(', ')} (process: in namespaces of its own; docker: a container of an engine on this host; unconfined gives away this host to whoever may run one)`, read: readOneOf(instanceDrivers), fallback: 'process' }),
  dockerSocket: row({ flag: '--docker-socket', argument: 'PATH', environment: 'GATEHOUSE_DOCKER_SOCKET', about: 'where the container engine of --instances docker answers', read: readText, fallback: '/var/run/docker.sock' }),
  publicUrl: optional({ flag: '--public-url', argument: 'URL', environment: 'GATEHOUSE_PUBLIC_URL', about: 'where others reach this Gatehouse: the issuers of the tokens that it gives are named by it (the address it listens on)', read: readPublicUrl }),
  issuerAt: row<ReadonlyMap<string, string>>({ flag: '--issuer-at', argument: 'ISSUER=ADDRESS', environment: 'GATEHOUSE_ISSUER_AT', about: 'fetch the keys of an OpenID Connect issuer from another address than its own (http on this machine, else https); may be repeated', read: readIssuerAddresses, fallback: new Map(), isRepeatable: true }),
  servedHosts: row<readonly string[]>({ flag: '--served-hosts', argument: 'NAMES', environment: 'GATEHOUSE_SERVED_HOSTS', about: 'host names, parted by commas, under which /health, /ready and /metrics answer beside addresses and localhost', read: readHostNames, fallback: [] }),
  workers: row({ flag: '--workers', argument: 'NUMBER', environment: 'GATEHOUSE_WORKERS', about: 'how many processes answer requests, on one port and one data directory', read: readCount(64), fallback: 1 }),
  metricsTokenFile: optional({ flag: '--metrics-token-file', argument: 'FILE', environment: 'GATEHOUSE_METRICS_TOKEN_FILE', about: 'who shows the token in this file may read /metrics, from anywhere (who is on this machine may)', read: readText }),
  masterKeyFile: optional({ flag: '--master-key-file', argument: 'FILE', environment: 'GATEHOUSE_MASTER_KEY_FILE', about: 'the key that seals all secrets, 32 bytes in base64 (made in the data directory)', read: readText }),
  masterKey: optional({ flag: undefined, argument: undefined, environment: 'GATEHOUSE_MASTER_KEY', about: 'the same key itself', read: readText }),
  rootAccessKeyId: optional({ flag: undefined, argument: undefined, environment: 'GATEHOUSE_ROOT_ACCESS_KEY_ID', about: 'an access key for root: a first start then makes no administrator', read: readText }),
  rootSecretAccessKey: optional({ flag: undefined, argument: undefined, environment: 'GATEHOUSE_ROOT_SECRET_ACCESS_KEY', about: 'its secret; both or neither', read: readText }),
  explainHours: row({ flag: '--explain-hours', argument: 'HOURS', environment: 'GATEHOUSE_EXPLAIN_HOURS', about: 'for how long a denial can be explained', read: readHours, fallback: 48 }),
  // Not the names of a start's own, which are often set where this command is typed (a container's shell).
  newAccountEmail: optional({ flag: '--email', argument: 'ADDRESS', environment: 'GATEHOUSE_NEW_ACCOUNT_EMAIL', about: 'the e-mail address of root in the new account', read: readEmail }),
  newAccountId: optional({ flag: '--account-id', argument: 'NUMBER', environment: 'GATEHOUSE_NEW_ACCOUNT_ID', about: 'its twelve digits (chosen at random)', read: readAccountId }),
  managementAccount: optional({ flag: '--management-account', argument: 'NUMBER', environment: 'GATEHOUSE_NEW_ACCOUNT_MANAGEMENT_ACCOUNT', about: 'the account whose organization it is to be a member of (none)', read: readAccountId }),
  recoveredAccountId: optional({ flag: '--account-id', argument: 'NUMBER', environment: 'GATEHOUSE_RECOVER_ACCOUNT_ID', about: 'the account whose root it is (the only one there is)', read: readAccountId }),
  lostPassword: row({ flag: '--password', argument: undefined, environment: 'GATEHOUSE_RECOVER_PASSWORD', about: 'the password is lost: set another one, for one sign-in', read: readSwitch, fallback: false }),
  lostMfa: row({ flag: '--mfa', argument: undefined, environment: 'GATEHOUSE_RECOVER_MFA', about: 'the MFA devices are lost: take them off', read: readSwitch, fallback: false }),
  profile: row({ flag: '--profile', argument: 'NAME', environment: 'GATEHOUSE_PROFILE', about: 'whose access key: a profile of the credentials file', read: readText, fallback: 'default' }),
  shell: row<ShellName>({ flag: '--shell', argument: 'SHELL', environment: 'GATEHOUSE_SHELL', about: `whose language to write: ${shellNames.join(', ')}`, read: readOneOf(shellNames), fallback: 'sh' }),
  json: row({ flag: '--json', argument: undefined, environment: 'GATEHOUSE_JSON', about: 'write JSON, not prose', read: readSwitch, fallback: false }),
  boundary: optional({ flag: '--boundary', argument: 'FILE', environment: 'GATEHOUSE_EVALUATE_BOUNDARY', about: 'the caller\'s permissions boundary', read: readText }),
  session: optional({ flag: '--session', argument: 'FILE', environment: 'GATEHOUSE_EVALUATE_SESSION', about: 'the policy of the caller\'s session', read: readText }),
  resourcePolicy: optional({ flag: '--resource-policy', argument: 'FILE', environment: 'GATEHOUSE_EVALUATE_RESOURCE_POLICY', about: 'the resource\'s own policy', read: readText }),
  trustPolicy: optional({ flag: '--trust-policy', argument: 'FILE', environment: 'GATEHOUSE_EVALUATE_TRUST_POLICY', about: 'the policy of the role that is assumed', read: readText }),
  policyKind: row<PolicyKind | undefined>({ flag: '--kind', argument: 'KIND', environment: 'GATEHOUSE_LINT_KIND', about: `what kind of policies they are: ${policyKinds.join(', ')} (told from what they say)`, read: readOneOf(policyKinds), fallback: undefined }),
  issuerPort: row({ flag: '--port', argument: 'PORT', environment: 'GATEHOUSE_ISSUER_LISTEN_PORT', about: 'the port of 127.0.0.1 to listen on; 0 lets the system choose', read: readPort, fallback: 4577 }),
  issuerUrl: optional({ flag: '--issuer-url', argument: 'URL', environment: 'GATEHOUSE_ISSUER_URL', about: 'who issues the token (GitHub and GitLab: their own)', read: readIssuer }),
  audience: row({ flag: '--audience', argument: 'TEXT', environment: 'GATEHOUSE_ISSUER_AUDIENCE', about: 'whom the token is for', read: readText, fallback: 'sts.amazonaws.com' }),
  tokenSeconds: optionalNumber({ flag: '--duration-seconds', argument: 'SECONDS', environment: 'GATEHOUSE_ISSUER_DURATION_SECONDS', about: 'for how long the token is valid (as the real issuer\'s)', read: readSeconds(1, 86_400) }),
  githubRepo: optional({ flag: '--github-repo', argument: 'OWNER/NAME', environment: 'GATEHOUSE_ISSUER_GITHUB_REPO', about: 'a token of GitHub Actions, of this repository', read: readProject }),
  gitlabProject: optional({ flag: '--gitlab-project', argument: 'GROUP/NAME', environment: 'GATEHOUSE_ISSUER_GITLAB_PROJECT', about: 'a token of GitLab CI, of this project', read: readProject }),
  gitRef: row({ flag: '--ref', argument: 'REF', environment: 'GATEHOUSE_ISSUER_REF', about: 'what the job runs on: refs/heads/BRANCH or refs/tags/TAG', read: readRef, fallback: 'refs/heads/main' }),
  ciEnvironment: optional({ flag: '--environment', argument: 'NAME', environment: 'GATEHOUSE_ISSUER_ENVIRONMENT', about: 'the environment that the job deploys to', read: readText }),
  pullRequest: row({ flag: '--pull-request', argument: undefined, environment: 'GATEHOUSE_ISSUER_PULL_REQUEST', about: 'the job runs for a pull request (GitHub)', read: readSwitch, fallback: false }),
  kubernetesNamespace: optional({ flag: '--kubernetes-namespace', argument: 'NAME', environment: 'GATEHOUSE_ISSUER_KUBERNETES_NAMESPACE', about: 'a token of a Kubernetes service account, in this namespace', read: readText }),
  serviceAccount: row({ flag: '--service-account', argument: 'NAME', environment: 'GATEHOUSE_ISSUER_SERVICE_ACCOUNT', about: 'which service account', read: readText, fallback: 'default' }),
  subject: optional({ flag: '--subject', argument: 'TEXT', environment: 'GATEHOUSE_ISSUER_SUBJECT', about: 'a token of any other issuer, about this subject', read: readText }),
  claims: row<Readonly<Record<string, unknown>>>({ flag: '--claim', argument: 'NAME=VALUE', environment: 'GATEHOUSE_ISSUER_CLAIM', about: 'a further claim, or one in the place of a usual one: text or JSON; may be repeated', read: readClaims, fallback: {}, isRepeatable: true }),
  tokenFile: optional({ flag: '--out', argument: 'FILE', environment: 'GATEHOUSE_ISSUER_OUT', about: 'write it to this file; a token, for AWS_WEB_IDENTITY_TOKEN_FILE (standard output)', read: readText }),
  role: optional({ flag: '--role', argument: 'ARN', environment: 'GATEHOUSE_ROLE', about: 'the role to assume', read: readText }),
  sessionName: row({ flag: '--session-name', argument: 'NAME', environment: 'GATEHOUSE_SESSION_NAME', about: 'the name of its session', read: readText, fallback: 'gatehouse' }),
  sessionSeconds: optionalNumber({ flag: '--duration-seconds', argument: 'SECONDS', environment: 'GATEHOUSE_SESSION_DURATION_SECONDS', about: 'for how long the credentials are valid (3600)', read: readSeconds(900, 43_200) }),
  externalId: optional({ flag: '--external-id', argument: 'TEXT', environment: 'GATEHOUSE_EXTERNAL_ID', about: 'what the role\'s trust policy may ask for', read: readText }),
  mfaSerial: optional({ flag: '--serial-number', argument: 'ARN', environment: 'GATEHOUSE_MFA_SERIAL_NUMBER', about: 'your MFA device', read: readText }),
  mfaCode: optional({ flag: '--token-code', argument: 'CODE', environment: 'GATEHOUSE_MFA_TOKEN_CODE', about: 'the code that it shows', read: readText }),
  certificateFile: optional({ flag: '--certificate', argument: 'FILE', environment: 'GATEHOUSE_CERTIFICATE', about: 'with IAM Roles Anywhere, by this certificate (PEM)', read: readText }),
  privateKeyFile: optional({ flag: '--private-key', argument: 'FILE', environment: 'GATEHOUSE_PRIVATE_KEY', about: 'its private key (PEM, not encrypted)', read: readText }),
  intermediatesFile: optional({ flag: '--intermediates', argument: 'FILE', environment: 'GATEHOUSE_INTERMEDIATES', about: 'the certificates between it and the trust anchor\'s (PEM)', read: readText }),
  trustAnchorArn: optional({ flag: '--trust-anchor-arn', argument: 'ARN', environment: 'GATEHOUSE_TRUST_ANCHOR_ARN', about: 'the trust anchor that it is shown to', read: readText }),
  profileArn: optional({ flag: '--profile-arn', argument: 'ARN', environment: 'GATEHOUSE_PROFILE_ARN', about: 'the profile of Roles Anywhere that the role is in', read: readText }),
  roleArn: optional({ flag: '--role-arn', argument: 'ARN', environment: 'GATEHOUSE_ROLE_ARN', about: 'the same as --role', read: readText }),
  agentPort: row({ flag: '--port', argument: 'PORT', environment: 'GATEHOUSE_AGENT_LISTEN_PORT', about: 'the port of 127.0.0.1 to listen on; 0 lets the system choose', read: readPort, fallback: 4580 }),
  containerTokenFile: optional({ flag: '--token-file', argument: 'FILE', environment: 'GATEHOUSE_AGENT_TOKEN_FILE', about: 'give credentials only to whoever may read this file, which is written (mode 0600), as containers ask for them (to everything on the machine, as instances do)', read: readText }),
  agentCluster: optional({ flag: '--cluster', argument: 'NAME', environment: 'GATEHOUSE_AGENT_CLUSTER', about: 'give the pods of this cluster the credentials of their service accounts\' roles, for the tokens that they show', read: readText }),
  machineDir: optional({ flag: '--machine-dir', argument: 'DIR', environment: 'GATEHOUSE_MACHINE_DIR', about: 'where the machine that enrols with a code keeps its key and certificate', read: readText }),
  codeFile: optional({ flag: '--code-file', argument: 'FILE', environment: 'GATEHOUSE_ENROLLMENT_CODE_FILE', about: 'the file with the code, which the first start spends', read: readText }),
  enrollmentCode: optional({ flag: undefined, argument: undefined, environment: 'GATEHOUSE_ENROLLMENT_CODE', about: 'the code itself', read: readText }),
  codeSeconds: optionalNumber({ flag: '--valid-seconds', argument: 'SECONDS', environment: 'GATEHOUSE_MACHINE_VALID_SECONDS', about: 'for how long the code is good (900)', read: readSeconds(60, 86_400) }),
  codeOut: optional({ flag: '--out', argument: 'FILE', environment: 'GATEHOUSE_MACHINE_OUT', about: 'write the code to this file (mode 0600); without it, only to a terminal', read: readText }),
  machineRegion: row({ flag: '--region', argument: 'REGION', environment: 'GATEHOUSE_MACHINE_REGION', about: 'the region of the machines; a code is of its profile\'s', read: readText, fallback: 'us-east-1' }),
  clusterIssuer: optional({ flag: '--issuer-url', argument: 'URL', environment: 'GATEHOUSE_CLUSTER_ISSUER_URL', about: 'who issues the tokens of its service accounts', read: readIssuer }),
  clusterKeys: optional({ flag: '--keys', argument: 'FILE', environment: 'GATEHOUSE_CLUSTER_KEYS', about: 'the public keys that verify them (a JSON Web Key Set), where the issuer cannot be reached from here', read: readText }),
  clusterRegion: row({ flag: '--region', argument: 'REGION', environment: 'GATEHOUSE_CLUSTER_REGION', about: 'the region that it counts as in', read: readText, fallback: 'us-east-1' }),
  caDir: row({ flag: '--ca-dir', argument: 'DIR', environment: 'GATEHOUSE_CA_DIR', about: 'the folder of the authority', read: readText, fallback: 'ca' }),
  caSubject: optional({ flag: '--subject', argument: 'NAME', environment: 'GATEHOUSE_CA_SUBJECT', about: 'whose certificate it is, as CN=device-1,O=Example', read: readText }),
  caDays: optionalNumber({ flag: '--days', argument: 'DAYS', environment: 'GATEHOUSE_CA_DAYS', about: 'for how long it is good (an authority 3650, a certificate 90, a list 7)', read: readDays }),
  caKeyType: row<KeyType>({ flag: '--key-type', argument: 'TYPE', environment: 'GATEHOUSE_CA_KEY_TYPE', about: `what kind of key to make: ${keyTypes.join(', ')}`, read: readOneOf(keyTypes), fallback: 'ec' }),
  caNames: row<readonly AlternativeName[]>({ flag: '--san', argument: 'KIND:NAME', environment: 'GATEHOUSE_CA_SAN', about: 'a further name: DNS:host, URI:spiffe://…, IP:address, email:address; may be repeated', read: readAlternativeNames, fallback: [], isRepeatable: true }),
  caServer: row({ flag: '--server', argument: undefined, environment: 'GATEHOUSE_CA_SERVER', about: 'the holder is a server, too', read: readSwitch, fallback: false }),
  caRequest: optional({ flag: '--csr', argument: 'FILE', environment: 'GATEHOUSE_CA_CSR', about: 'issue for this request (PEM), whose key stays where it is', read: readText }),
  caOut: optional({ flag: '--out', argument: 'NAME', environment: 'GATEHOUSE_CA_OUT', about: 'what the files that are written begin with: NAME.pem, NAME-key.pem, NAME.csr; the file of a list', read: readText }),
  testFormat: row<TestFormat>({ flag: '--format', argument: 'FORMAT', environment: 'GATEHOUSE_TEST_FORMAT', about: `how to report: ${testFormats.join(', ')}`, read: readOneOf(testFormats), fallback: 'plain' }),
} as const;

export type OptionName = keyof typeof options;

/** Which command takes which, in the order in which help shows them. */
export const optionsOf = {
  start: ['port', 'host', 'dataDir', 'ephemeral', 'accountId', 'rootEmail', 'tlsCert', 'tlsKey', 'allowPlainHttp', 'gitSshPort', 'devicePort', 'databaseServer', 'databasePorts', 'objectStores', 'instances', 'dockerSocket', 'publicUrl', 'servedHosts', 'allowPrivateIssuers', 'issuerAt', 'workers', 'metricsTokenFile', 'masterKeyFile', 'masterKey', 'rootAccessKeyId', 'rootSecretAccessKey', 'explainHours'],
  repair: ['dataDir'],
  env: ['dataDir', 'profile', 'shell'],
  aws: ['dataDir', 'profile'],
  why: ['dataDir', 'profile', 'json'],
  'who-can': ['dataDir', 'profile', 'json'],
  evaluate: ['boundary', 'session', 'resourcePolicy', 'trustPolicy', 'json', 'dataDir', 'profile'],
  lint: ['policyKind', 'json'],
  test: ['testFormat', 'dataDir', 'profile'],
  quota: ['dataDir', 'profile'],
  'token-keys': ['dataDir', 'profile'],
  mfa: ['dataDir', 'profile'],
  'credential-process': ['role', 'roleArn', 'sessionName', 'sessionSeconds', 'externalId', 'mfaSerial', 'mfaCode', 'certificateFile', 'privateKeyFile', 'intermediatesFile', 'trustAnchorArn', 'profileArn', 'profile', 'dataDir'],
  cluster: ['clusterIssuer', 'clusterKeys', 'clusterRegion', 'dataDir', 'profile'],
  machine: ['profileArn', 'role', 'roleArn', 'codeSeconds', 'codeOut', 'machineRegion', 'dataDir', 'profile'],
  agent: ['machineDir', 'codeFile', 'enrollmentCode', 'agentPort', 'containerTokenFile', 'agentCluster', 'role', 'roleArn', 'sessionSeconds', 'certificateFile', 'privateKeyFile', 'intermediatesFile', 'trustAnchorArn', 'profileArn', 'dataDir'],
  'ca init': ['caSubject', 'caDays', 'caKeyType', 'caDir'],
  'ca issue': ['caSubject', 'caNames', 'caServer', 'caDays', 'caKeyType', 'caRequest', 'caOut', 'caDir'],
  'ca request': ['caSubject', 'caKeyType', 'caOut'],
  'ca revoke': ['caDir'],
  'ca crl': ['caDays', 'caOut', 'caDir'],
  'ca list': ['caDir'],
  'issuer start': ['issuerPort', 'dataDir'],
  'issuer keys': ['tokenFile', 'dataDir'],
  'issuer token': ['githubRepo', 'gitlabProject', 'gitRef', 'ciEnvironment', 'pullRequest', 'kubernetesNamespace', 'serviceAccount', 'subject', 'issuerUrl', 'audience', 'claims', 'tokenSeconds', 'tokenFile', 'dataDir'],
  'recover root': ['lostPassword', 'lostMfa', 'recoveredAccountId', 'dataDir'],
  'data-keys': ['dataDir', 'masterKeyFile', 'masterKey'],
  'account create': ['newAccountEmail', 'newAccountId', 'managementAccount', 'dataDir', 'masterKeyFile', 'masterKey'],
} as const satisfies Record<string, readonly OptionName[]>;

function masterKeyOf({ masterKey, masterKeyFile }: { readonly masterKey: string | undefined; readonly masterKeyFile: string | undefined }, { cwd }: World): Uint8Array | undefined {
  if (masterKey !== undefined && masterKeyFile !== undefined) throw new UsageError('GATEHOUSE_MASTER_KEY and --master-key-file are both given: leave one out');
  if (masterKey !== undefined) return readMasterKey(masterKey, options.masterKey.environment);
  if (masterKeyFile === undefined) return undefined;
  const path = resolve(cwd, masterKeyFile);
  return readMasterKey(readGivenFile(path, '--master-key-file').toString('latin1'), path);
}

function tlsOf({ tlsCert, tlsKey }: { readonly tlsCert: string | undefined; readonly tlsKey: string | undefined }, { cwd }: World): StartOptions['tls'] {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw new UsageError('--tls-cert and --tls-key go together: only one of them is given');
  return readTlsPair(resolve(cwd, tlsCert), resolve(cwd, tlsKey));
}

/** As Prometheus reads its `credentials_file`: without the space around it. Source: RFC 6750, section 2.1, for what it may be made of. */
function metricsTokenOf({ metricsTokenFile }: { readonly metricsTokenFile: string | undefined }, { cwd }: World): string | undefined {
  if (metricsTokenFile === undefined) return undefined;
  const path = resolve(cwd, metricsTokenFile);
  const token = readGivenFile(path, '--metrics-token-file').toString('latin1').trim();
  if (!/^[\w\-.~+/]{16,1024}=*$/.test(token)) throw new UsageError(`--metrics-token-file: ${path} must hold a token of 16 to 1024 letters, digits and -._~+/, which may end with =`);
  return token;
}

/** The values of a command's own options. */
export function optionsGiven<Command extends keyof typeof optionsOf>(command: Command, given: GivenFlags, { env }: World): Pick<ValuesOf<typeof options>, (typeof optionsOf)[Command][number]> {
  const names: readonly OptionName[] = optionsOf[command];
  const table = Object.fromEntries(names.map((name) => [name, options[name]]));
  // The rows that were picked are those that the type names.
  return readOptions(table, given, env) as Pick<ValuesOf<typeof options>, (typeof optionsOf)[Command][number]>;
}

/** What `start` was told, checked. */
export function startOptions(given: GivenFlags, world: World): StartOptions {
  const values = optionsGiven('start', given, world);
  const tls = tlsOf(values, world);
  if (tls === undefined && !isLoopback(values.host) && !values.allowPlainHttp) {
    throw new UsageError(`${values.host} can be reached from other machines, and without TLS everyone between could read what is answered: give --tls-cert and --tls-key, or --allow-plain-http if something in front speaks TLS`);
  }
  if (values.workers > 1 && values.ephemeral) throw new UsageError('--workers needs a journal that they share, and --ephemeral keeps none: leave one out');
  return {
    host: values.host,
    port: values.port,
    tls,
    publicUrl: values.publicUrl,
    gitSshPort: values.gitSshPort,
    devicePort: values.devicePort,
    databaseServers: values.databaseServer,
    databasePorts: values.databasePorts,
    instances: values.instances,
    dockerSocket: resolve(world.cwd, values.dockerSocket),
    objectStores: values.objectStores === undefined ? noObjectStores : readObjectStores(resolve(world.cwd, values.objectStores), '--object-stores', (file) => resolve(world.cwd, file)),
    servedHosts: values.servedHosts,
    dataDir: resolve(world.cwd, values.dataDir),
    isEphemeral: values.ephemeral,
    accountId: values.accountId,
    rootEmail: values.rootEmail,
    allowsPrivateIssuers: values.allowPrivateIssuers,
    issuerAddresses: values.issuerAt,
    rootAccessKey: readGivenAccessKey(values.rootAccessKeyId, values.rootSecretAccessKey),
    masterKey: masterKeyOf(values, world),
    workers: values.workers,
    explainHours: values.explainHours,
    metricsToken: metricsTokenOf(values, world),
    logFormat: world.stderr.isTerminal ? 'pretty' : 'json',
  };
}

/** What `account create` was told, checked. */
export function createAccountOptions(given: GivenFlags, world: World): CreateAccountOptions {
  const values = optionsGiven('account create', given, world);
  if (values.newAccountEmail === undefined) throw new UsageError('--email is needed: the e-mail address of root in the new account');
  return { email: values.newAccountEmail, accountId: values.newAccountId, managementAccount: values.managementAccount, dataDir: resolve(world.cwd, values.dataDir), masterKey: masterKeyOf(values, world) };
}

/** What `data-keys` was told, checked. */
export function dataKeysOptions(given: GivenFlags, world: World): Omit<DataKeysOptions, 'action'> {
  const values = optionsGiven('data-keys', given, world);
  return { dataDir: resolve(world.cwd, values.dataDir), masterKey: masterKeyOf(values, world) };
}

/** What `recover root` was told, checked. */
export function recoverRootOptions(given: GivenFlags, world: World): RecoverRootOptions {
  const { dataDir, recoveredAccountId, lostPassword, lostMfa } = optionsGiven('recover root', given, world);
  if (!lostPassword && !lostMfa) throw new UsageError('say what was lost: --password, --mfa, or both');
  return { dataDir: resolve(world.cwd, dataDir), accountId: recoveredAccountId, isPasswordLost: lostPassword, isMfaLost: lostMfa };
}

/** What `repair` was told, checked. */
export function repairOptions(given: GivenFlags, world: World): RepairOptions {
  return { dataDir: resolve(world.cwd, optionsGiven('repair', given, world).dataDir) };
}

/** Which access key of which Gatehouse `env` and `aws` point at. */
export interface Target { readonly dataDir: string; readonly profile: string }

/** What `aws` was told, checked. */
export function awsOptions(given: GivenFlags, world: World): Target {
  const { dataDir, profile } = optionsGiven('aws', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile };
}

/** What `env` was told, checked. */
export function envOptions(given: GivenFlags, world: World): Target & { readonly shell: ShellName } {
  const { dataDir, profile, shell } = optionsGiven('env', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile, shell };
}

export interface WhyOptions extends Target { readonly asJson: boolean }

/** What `why` was told, checked. */
export function whyOptions(given: GivenFlags, world: World): WhyOptions {
  const { dataDir, profile, json } = optionsGiven('why', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile, asJson: json };
}

export interface WhoCanOptions extends Target { readonly asJson: boolean }

/** What `who-can` was told, checked. */
export function whoCanOptions(given: GivenFlags, world: World): WhoCanOptions {
  const { dataDir, profile, json } = optionsGiven('who-can', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile, asJson: json };
}

/** What `token-keys` was told, checked. */
export function tokenKeysOptions(given: GivenFlags, world: World): Target {
  const { dataDir, profile } = optionsGiven('token-keys', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile };
}

/** What `quota` was told, checked. */
export function quotaOptions(given: GivenFlags, world: World): Target {
  const { dataDir, profile } = optionsGiven('quota', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile };
}

/** What `mfa` was told, checked. */
export function mfaOptions(given: GivenFlags, world: World): Target {
  const { dataDir, profile } = optionsGiven('mfa', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile };
}

export interface LintOptions { /** Undefined: told from each policy. */ readonly kind: PolicyKind | undefined; readonly asJson: boolean }

/** What `lint` was told, checked. */
export function lintOptions(given: GivenFlags, world: World): LintOptions {
  const { policyKind, json } = optionsGiven('lint', given, world);
  return { kind: policyKind, asJson: json };
}

/** Paths are absolute. */
export interface EvaluateOptions extends Target {
  readonly boundary: string | undefined;
  readonly session: string | undefined;
  readonly resourcePolicy: string | undefined;
  readonly trustPolicy: string | undefined;
  readonly asJson: boolean;
}

/** What `evaluate` was told, checked. */
export function evaluateOptions(given: GivenFlags, world: World): EvaluateOptions {
  const { dataDir, profile, json, boundary, session, resourcePolicy, trustPolicy } = optionsGiven('evaluate', given, world);
  const path = (text: string | undefined): string | undefined => (text === undefined ? undefined : resolve(world.cwd, text));
  return { dataDir: resolve(world.cwd, dataDir), profile, asJson: json, boundary: path(boundary), session: path(session), resourcePolicy: path(resourcePolicy), trustPolicy: path(trustPolicy) };
}

export interface TestOptions extends Target { readonly format: TestFormat }

/** What `test` was told, checked. */
export function testOptions(given: GivenFlags, world: World): TestOptions {
  const { dataDir, profile, testFormat } = optionsGiven('test', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile, format: testFormat };
}

export interface IssuerStartOptions { readonly folder: string; readonly port: number }

/** Where the test issuer keeps its key: beside everything else of that Gatehouse. */
const testIssuerFolder = (dataDir: string, { cwd }: World): string => resolve(cwd, dataDir, 'test-issuer');

/** What `issuer start` was told, checked. */
export function issuerStartOptions(given: GivenFlags, world: World): IssuerStartOptions {
  const { dataDir, issuerPort } = optionsGiven('issuer start', given, world);
  return { folder: testIssuerFolder(dataDir, world), port: issuerPort };
}

export interface IssuerKeysOptions { readonly folder: string; /** Absolute; undefined for standard output. */ readonly file: string | undefined }

/** What `issuer keys` was told, checked. */
export function issuerKeysOptions(given: GivenFlags, world: World): IssuerKeysOptions {
  const { dataDir, tokenFile } = optionsGiven('issuer keys', given, world);
  return { folder: testIssuerFolder(dataDir, world), file: tokenFile === undefined ? undefined : resolve(world.cwd, tokenFile) };
}

export interface IssuerTokenOptions {
  readonly folder: string;
  readonly wish: TokenWish;
  readonly settings: TokenSettings;
  /** Absolute; undefined for standard output. */
  readonly file: string | undefined;
}

/** What `issuer token` was told, checked. */
export function issuerTokenOptions(given: GivenFlags, world: World): IssuerTokenOptions {
  const values = optionsGiven('issuer token', given, world);
  const { githubRepo, gitlabProject, kubernetesNamespace, subject, gitRef: ref, ciEnvironment: environment } = values;
  const wishes: readonly (TokenWish | undefined)[] = [
    githubRepo === undefined ? undefined : { shape: 'github', project: githubRepo, ref, environment, isPullRequest: values.pullRequest },
    gitlabProject === undefined ? undefined : { shape: 'gitlab', project: gitlabProject, ref, environment },
    kubernetesNamespace === undefined ? undefined : { shape: 'kubernetes', namespace: kubernetesNamespace, serviceAccount: values.serviceAccount },
    subject === undefined ? undefined : { shape: 'plain', subject },
  ];
  const [wish, ...more] = wishes.filter((one) => one !== undefined);
  if (wish === undefined || more.length > 0) throw new UsageError('say whose token it is, by one of --github-repo, --gitlab-project, --kubernetes-namespace, --subject');
  if (values.issuerUrl === undefined && (wish.shape === 'kubernetes' || wish.shape === 'plain')) throw new UsageError('--issuer-url is needed: a cluster, or any other issuer, has a URL of its own');
  return {
    folder: testIssuerFolder(values.dataDir, world), wish, file: values.tokenFile === undefined ? undefined : resolve(world.cwd, values.tokenFile),
    settings: { issuer: values.issuerUrl, audience: values.audience, lifetimeSeconds: values.tokenSeconds, claims: values.claims },
  };
}

export interface CredentialProcessOptions extends Target {
  /** Whether the profile was asked for, so that the credentials of the environment are not meant. */
  readonly isProfileNamed: boolean;
  /** The parameters of AssumeRole. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What `credential-process` was told, checked. */
export function credentialProcessOptions(given: GivenFlags, world: World): CredentialProcessOptions {
  const { dataDir, profile, sessionName, sessionSeconds, externalId, mfaSerial, mfaCode, ...values } = optionsGiven('credential-process', given, world);
  const role = roleGiven(values);
  if ((mfaSerial === undefined) !== (mfaCode === undefined)) throw new UsageError('--serial-number and --token-code go together: only one of them is given');
  const parameters = { RoleArn: role, RoleSessionName: sessionName, DurationSeconds: sessionSeconds?.toString(), ExternalId: externalId, SerialNumber: mfaSerial, TokenCode: mfaCode };
  return { dataDir: resolve(world.cwd, dataDir), profile, isProfileNamed: given['profile'] !== undefined || world.env[options.profile.environment] !== undefined, parameters: Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)) };
}

/** The ARN of the role that was given, by either flag. */
export function roleGiven({ role, roleArn }: { readonly role: string | undefined; readonly roleArn: string | undefined }): string {
  if (role !== undefined && roleArn !== undefined && role !== roleArn) throw new UsageError('--role and --role-arn are the same: leave one out');
  const given = role ?? roleArn;
  if (given === undefined) throw new UsageError('--role is needed: the ARN of the role to assume');
  return given;
}
