/** Credentials as AWS's clients ask for them in a container: a GET with an authorization token that a file holds. Source: "Container credential provider" (AWS SDKs and Tools Reference Guide). */
import { hash, timingSafeEqual } from 'node:crypto';
import * as arn from '../../base/arn.ts';
import type { MetadataAnswer, MetadataRequest } from '../metadata/answer.ts';
import type { HeldCredentials, MachineCredentials } from './held-credentials.ts';

export const containerPath = '/v1/credentials';

export interface ContainerCredentials extends MachineCredentials { /** Of the role, or of its session. */ readonly Arn: string; readonly isRoleArn: boolean }

/** Who shows such a token is not given any. What is wrong for good is a 4xx, what may pass a 5xx, which clients ask again. */
export class ContainerRefusal extends Error {
  override readonly name = 'ContainerRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** The credentials of whoever shows that token. Rejects with ContainerRefusal. */
export type OpenContainer = (token: string) => Promise<ContainerCredentials>;

const json = (status: number, body: object): MetadataAnswer => ({ status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: JSON.stringify(body) });
const refused = (status: number, code: string, message: string): MetadataAnswer => json(status, { code, message });

export interface ContainerAsked { readonly hosts: ReadonlySet<string>; readonly open: OpenContainer }

/** What a proxy adds. What it hands on comes from somebody else than who shares the machine. */
const forwardedHeaders = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'];

export async function answerContainer(request: MetadataRequest, { hosts, open }: ContainerAsked): Promise<MetadataAnswer> {
  if (!hosts.has((request.header('host') ?? '').toLowerCase())) return refused(403, 'ForbiddenHost', 'This is not the name of this endpoint.');
  if (forwardedHeaders.some((name) => request.header(name) !== undefined)) return refused(403, 'ForwardedRequest', 'The request was forwarded.');
  if (request.target !== containerPath) return refused(404, 'NotFound', 'There is nothing here.');
  if (request.method !== 'GET') return refused(405, 'MethodNotAllowed', 'Credentials are asked for with GET.');
  try {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration, Arn, isRoleArn } = await open(request.header('authorization') ?? '');
    return json(200, { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration, ...(isRoleArn && { RoleArn: Arn }), AccountId: arn.parse(Arn)?.account });
  } catch (thrown) {
    if (thrown instanceof ContainerRefusal) return refused(thrown.status, thrown.code, thrown.message);
    return refused(503, 'CredentialsUnavailable', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** The machine's own role, for whoever may read the file that holds the token. */
export const byTokenFile = (token: string, credentials: HeldCredentials, roleArn: string): OpenContainer => async (given) => {
  if (!isSame(given, token)) throw new ContainerRefusal(401, 'InvalidAuthorizationToken', 'The authorization token is missing, or is not the one in the file.');
  return { ...await credentials.current(), Arn: roleArn, isRoleArn: true };
};

/** In constant time, whatever the lengths. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'));
