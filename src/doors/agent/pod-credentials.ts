/** The credentials of pods of a cluster: whoever shows the token of one is given the role of its service account, as EKS's agent does it. Source: "Set up the Amazon EKS Pod Identity Agent" (EKS User Guide). */
import { ContainerRefusal } from './container-credentials.ts';
import type { OpenContainer } from './container-credentials.ts';

/** What AssumeRoleForPodIdentity answered. */
export interface PodAnswer { readonly status: number; readonly code: string | undefined; readonly json: unknown }

/** Asks for a pod, in the name of the node. Rejects where nothing answers. */
export type AskForPod = (token: string) => Promise<PodAnswer>;

/** Three parts of base64. Anything else is told so here. */
const tokenForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Nothing is kept of what was given: a token that is over, or whose service account lost its role, is given nothing from the next request on. Clients keep what they were given until shortly before its end. */
export const byPodToken = (ask: AskForPod, warn: (message: string, cause: unknown) => void): OpenContainer => async (token) => {
  if (!tokenForm.test(token)) throw new ContainerRefusal(401, 'InvalidAuthorizationToken', 'The authorization token is missing, or is no service account token.');
  const { status, code = 'Unknown', json } = await ask(token);
  const { message, credentials, assumedRoleUser } = isObject(json) ? json : {};
  // What the node itself lacks is nothing to tell pods of.
  if (status === 403) {
    warn('the node is refused credentials for a pod', new Error(`${code}: ${String(message)}`));
    throw new ContainerRefusal(503, 'CredentialsUnavailable', 'This node is not given credentials for pods.');
  }
  if (status >= 400 && status < 500 && status !== 429) throw new ContainerRefusal(status, code, String(message));
  if (status !== 200 || !isObject(credentials) || !isObject(assumedRoleUser)) throw new ContainerRefusal(503, 'CredentialsUnavailable', `Credentials cannot be had now: ${code}.`);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  return { AccessKeyId: String(accessKeyId), SecretAccessKey: String(secretAccessKey), SessionToken: String(sessionToken), Expiration: new Date(Number(expiration) * 1000).toISOString().replace('.000', ''), Arn: String(assumedRoleUser['arn']), isRoleArn: false };
};
