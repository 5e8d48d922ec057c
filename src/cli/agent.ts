/** `gatehouse agent`: gives what runs on a machine the credentials of a role, for the key of the machine's certificate: see docs/how-to/machines.md, docs/how-to/certificates.md. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import * as arn from '../base/arn.ts';
import { serveAgent } from '../doors/agent/agent.ts';
import { byTokenFile, containerPath } from '../doors/agent/container-credentials.ts';
import { byPodToken } from '../doors/agent/pod-credentials.ts';
import { HeldCredentials } from '../doors/agent/held-credentials.ts';
import type { AgentOptions } from './certificate-options.ts';
import { openCertificateSession } from './certificate-session.ts';
import { CommandError } from './commands.ts';
import { askForPods } from './pod-session.ts';
import { writeSecretFile } from './secret-file.ts';
import type { World } from './world.ts';

/** Serves until it is told to stop; resolves to the exit code. */
export async function agent({ port, containerTokenFile, cluster, identity }: AgentOptions, world: World): Promise<number> {
  const stopped = new Promise<void>((resolve) => { world.onStop(() => resolve()); });
  const session = identity.kind === 'enrolled' ? await (await import('./enrollment.ts')).enrolledSession(identity, world) : identity.session;
  refuseOpenKey(session.privateKeyFile, world);
  const credentials = new HeldCredentials(() => openCertificateSession(session, world), Date.now);
  // A machine that is refused is told so now, not when a program first asks.
  await credentials.current();
  const containerToken = containerTokenFile === undefined ? undefined : randomBytes(32).toString('base64url');
  const warn = (message: string, cause: unknown): void => { world.stderr.write(`gatehouse: ${message}: ${cause instanceof Error ? cause.message : String(cause)}\n`); };
  // INVARIANT: the session that was had above is of an anchor whose ARN has a region.
  const { region } = arn.parse(session.trustAnchorArn)!;
  const served = await serveAgent({
    port, region, roleArn: session.roleArn, credentials, clock: Date.now, random: randomBytes, warn,
    container: cluster !== undefined ? byPodToken(askForPods({ cluster, region, dataDir: session.dataDir, credentials }, world), warn) : containerToken !== undefined ? byTokenFile(containerToken, credentials, session.roleArn) : undefined,
  }).catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE') throw new CommandError(`something else listens on 127.0.0.1 port ${port}: stop it, or choose another port with --port`, { cause: thrown });
    throw thrown;
  });
  if (containerToken !== undefined) writeSecretFile(containerTokenFile!, containerToken);
  if (cluster !== undefined) {
    world.stdout.write(`Pods of ${cluster} are given the credentials of their roles at ${served.url}, if they have in their environment\n  AWS_CONTAINER_CREDENTIALS_FULL_URI=${served.url}${containerPath}\n  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=the file of their token\n`);
    await stopped;
    served.close();
    return 0;
  }
  const variables = containerTokenFile === undefined
    ? `AWS_EC2_METADATA_SERVICE_ENDPOINT=${served.url}/`
    : `AWS_CONTAINER_CREDENTIALS_FULL_URI=${served.url}${containerPath}\n  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=${containerTokenFile}`;
  world.stdout.write(`Credentials of ${session.roleArn} are had at ${served.url} by what has in its environment\n  ${variables}\n`);
  await stopped;
  served.close();
  return 0;
}

/** The key is all that this machine keeps: nobody else may read it. */
function refuseOpenKey(file: string, { platform }: World): void {
  if (platform === 'win32') return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found && (found.mode & 0o077) !== 0) throw new CommandError(`others may read the private key in ${file}, or change it: chmod 600 it`);
}
