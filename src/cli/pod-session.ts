/** What the agent of a node asks EKS Auth for a pod, with the node's own credentials. Source: AssumeRoleForPodIdentity (EKS Auth API Reference). */
import type { HeldCredentials } from '../doors/agent/held-credentials.ts';
import type { AskForPod } from '../doors/agent/pod-credentials.ts';
import { signedHeaders, unreachable } from './api-call.ts';
import { endpointOf } from './certificate-session.ts';
import { CommandError } from './commands.ts';
import type { World } from './world.ts';

interface Node { readonly cluster: string; readonly region: string; readonly dataDir: string; readonly credentials: HeldCredentials }

const contentType = 'application/json';
/** How long a pod waits for an answer, milliseconds: its client asks again. */
const patienceMs = 5_000;

export const askForPods = ({ cluster, region, dataDir, credentials }: Node, world: World): AskForPod => async (token) => {
  const endpoint = await endpointOf('EKS_AUTH', dataDir, world);
  const url = new URL(`clusters/${encodeURIComponent(cluster)}/assume-role-for-pod-identity`, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = await credentials.current();
  const body = JSON.stringify({ token });
  const headers = signedHeaders({ url, body, contentType, service: 'eks-auth', region, accessKeyId, secretAccessKey, sessionToken, at: new Date() });
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'error', signal: AbortSignal.timeout(patienceMs) }).catch((cause: unknown) => {
    throw new CommandError(unreachable(endpoint, cause, world), { cause });
  });
  // An edge: an answer of whoever listens there.
  return { status: answer.status, code: answer.headers.get('x-amzn-errortype') ?? undefined, json: await answer.json().catch(() => undefined) as unknown };
};
