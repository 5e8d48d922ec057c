/** `gatehouse credential-process --certificate FILE …`: a role's credentials for the key of a certificate, from IAM Roles Anywhere. Source: "The IAM Roles Anywhere authentication signing process" (IAM Roles Anywhere User Guide). */
import { createHash, createPrivateKey, randomBytes, sign, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as arn from '../base/arn.ts';
import { unreachable } from './api-call.ts';
import type { CertificateSessionOptions } from './certificate-options.ts';
import { CommandError } from './commands.ts';
import { findEndpoint } from './endpoint-file.ts';
import type { World } from './world.ts';

export interface SessionCredentials { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string; readonly Expiration: string }

/** Asks for a session and writes its credentials as JSON; resolves to the exit code. */
export async function certificateSession(told: CertificateSessionOptions, world: World): Promise<number> {
  world.stdout.write(`${JSON.stringify({ Version: 1, ...(await openCertificateSession(told, world)) })}\n`);
  return 0;
}

/** The credentials of a session, for the key in the files as they are now. */
export async function openCertificateSession(told: CertificateSessionOptions, world: World): Promise<SessionCredentials> {
  const { certificate, chain, key } = readIdentity(told);
  const endpoint = await endpointOf('ROLESANYWHERE', told.dataDir, world);
  const url = new URL('sessions', endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  url.search = queryText({ profileArn: told.profileArn, roleArn: told.roleArn, trustAnchorArn: told.trustAnchorArn });
  const body = JSON.stringify({ ...(told.seconds !== undefined && { durationSeconds: told.seconds }), ...(told.sessionName !== undefined && { roleSessionName: told.sessionName }) });
  const region = arn.parse(told.trustAnchorArn)?.region;
  if (!region) throw new CommandError(`${told.trustAnchorArn} is no ARN of a trust anchor`);
  const answer = await fetch(url, { method: 'POST', body, headers: signedHeaders({ url, body, region, certificate, chain, key, at: new Date() }) }).catch((cause: unknown) => {
    throw new CommandError(unreachable(endpoint, cause, world), { cause });
  });
  return credentialsOf(answer);
}

interface Identity { readonly certificate: X509Certificate; readonly chain: readonly X509Certificate[]; readonly key: KeyObject }

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Certificate, key and those in between, which must belong together: what is wrong here is told here. */
function readIdentity({ certificateFile, privateKeyFile, intermediatesFile }: CertificateSessionOptions): Identity {
  const [certificate, ...more] = certificatesIn(certificateFile);
  if (!certificate) throw new CommandError(`${certificateFile} holds no certificate in PEM`);
  let key: KeyObject;
  try {
    key = createPrivateKey(read(privateKeyFile));
  } catch (cause) {
    throw cause instanceof CommandError ? cause : new CommandError(`${privateKeyFile} holds no private key in PEM, or one that is encrypted`, { cause });
  }
  if (!certificate.checkPrivateKey(key)) throw new CommandError(`the key in ${privateKeyFile} does not belong to the certificate in ${certificateFile}`);
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') throw new CommandError(`a key of the kind ${key.asymmetricKeyType} signs no requests of Roles Anywhere: RSA and elliptic curves do`);
  return { certificate, key, chain: [...more, ...(intermediatesFile === undefined ? [] : certificatesIn(intermediatesFile))] };
}

function certificatesIn(path: string): readonly X509Certificate[] {
  try {
    return (read(path).match(pemCertificate) ?? []).map((pem) => new X509Certificate(pem));
  } catch (cause) {
    throw cause instanceof CommandError ? cause : new CommandError(`${path} holds something that is no certificate`, { cause });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Where a service is: as AWS's clients are told it, else where the Gatehouse of the data directory is. */
export async function endpointOf(service: 'ROLESANYWHERE' | 'EKS_AUTH', dataDir: string, { env }: World): Promise<string> {
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || env['AWS_ENDPOINT_URL'] || (await findEndpoint(dataDir))?.endpoint;
  if (endpoint === undefined) throw new CommandError(`there is no AWS_ENDPOINT_URL, and no Gatehouse was started with the data directory ${dataDir}: say where it is with one of them`);
  if (!URL.canParse(endpoint)) throw new CommandError(`the endpoint ${endpoint} is no URL`);
  return endpoint;
}

const queryText = (parameters: Readonly<Record<string, string>>): string => Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).toSorted().join('&');

interface ToSign extends Identity { readonly url: URL; readonly body: string; readonly region: string; readonly at: Date }

function signedHeaders({ url, body, region, certificate, chain, key, at }: ToSign): Record<string, string> {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'AWS4-X509-RSA-SHA256' : 'AWS4-X509-ECDSA-SHA256';
  const time = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const scope = `${time.slice(0, 8)}/${region}/rolesanywhere/aws4_request`;
  const sent: Readonly<Record<string, string>> = {
    'content-type': 'application/json', 'x-amz-date': time, 'x-amz-x509': certificate.raw.toString('base64'),
    ...(chain.length > 0 && { 'x-amz-x509-chain': chain.map(({ raw }) => raw.toString('base64')).join(',') }),
    // RSA signs one text in one way: two requests of one second would be one.
    'x-gatehouse-nonce': randomBytes(12).toString('base64url'),
  };
  const signed = Object.entries({ ...sent, host: url.host }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = ['POST', url.pathname, url.search.slice(1), ...signed.map(([name, value]) => `${name}:${value}`), '', names, sha256(body)].join('\n');
  const signature = sign('sha256', Buffer.from([algorithm, time, scope, sha256(canonical)].join('\n')), key).toString('hex');
  return { ...sent, authorization: `${algorithm} Credential=${BigInt(`0x${certificate.serialNumber}`)}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function credentialsOf(answer: Response): Promise<SessionCredentials> {
  // An edge: an answer of whoever listens there.
  const json = await answer.json().catch(() => ({})) as { readonly message?: string; readonly credentialSet?: readonly { readonly credentials?: Readonly<Partial<Record<string, string>>> }[] };
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration: Expiration } = json.credentialSet?.[0]?.credentials ?? {};
  if (answer.ok && AccessKeyId !== undefined && SecretAccessKey !== undefined && SessionToken !== undefined && Expiration !== undefined) return { AccessKeyId, SecretAccessKey, SessionToken, Expiration };
  throw new CommandError(`${answer.headers.get('x-amzn-errortype') ?? answer.status}: ${json.message ?? 'the answer is not one of Roles Anywhere'}`);
}
