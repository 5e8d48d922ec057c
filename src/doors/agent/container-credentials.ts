/** Credentials as AWS's clients ask for them in a container: a GET with an authorization token that a file holds. Source: "Container credential provider" (AWS SDKs and Tools Reference Guide). */
import { hash, timingSafeEqual } from 'node:crypto';
import type { MetadataAnswer, MetadataRequest } from '../metadata/answer.ts';
import type { HeldCredentials } from './held-credentials.ts';

export const containerPath = '/v1/credentials';

const json = (status: number, body: object): MetadataAnswer => ({ status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: JSON.stringify(body) });
/** What is wrong for good is a 4xx, what may pass a 5xx, which clients ask again. */
const refused = (status: number, code: string, message: string): MetadataAnswer => json(status, { code, message });

export interface ContainerAsked {
  readonly hosts: ReadonlySet<string>;
  /** What whoever may read the file knows. */
  readonly token: string;
  readonly credentials: HeldCredentials;
  readonly roleArn: string;
}

export async function answerContainer(request: MetadataRequest, { hosts, token, credentials, roleArn }: ContainerAsked): Promise<MetadataAnswer> {
  if (!hosts.has((request.header('host') ?? '').toLowerCase())) return refused(403, 'ForbiddenHost', 'This is not the name of this endpoint.');
  if (request.target !== containerPath) return refused(404, 'NotFound', 'There is nothing here.');
  if (request.method !== 'GET') return refused(405, 'MethodNotAllowed', 'Credentials are asked for with GET.');
  if (!isSame(request.header('authorization') ?? '', token)) return refused(401, 'InvalidAuthorizationToken', 'The authorization token is missing, or is not the one in the file.');
  try {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = await credentials.current();
    return json(200, { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration, RoleArn: roleArn });
  } catch (thrown) {
    return refused(503, 'CredentialsUnavailable', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** In constant time, whatever the lengths. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'));
