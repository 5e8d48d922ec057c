/** `gatehouse credential-process --role ARN`: a role's credentials in the form that AWS's clients take from a command. Source: "Process credential provider" (AWS SDKs and Tools Reference Guide). */
import { openApiOf, type Connection } from './api-call.ts';
import { clientEnvironment } from './client-environment.ts';
import { CommandError } from './commands.ts';
import { findEndpoint } from './endpoint-file.ts';
import type { CredentialProcessOptions } from './options.ts';
import type { World } from './world.ts';

/** Assumes the role and writes its credentials as JSON; resolves to the exit code. */
export async function credentialProcess(told: CredentialProcessOptions, world: World): Promise<number> {
  const credentials = (await openApiOf(() => connection(told, world), world)('sts', 'AssumeRole', told.parameters)).find('Credentials');
  const member = (name: string): string => {
    const text = credentials?.text(name);
    if (text === undefined) throw new CommandError('the answer is not one of Gatehouse');
    return text;
  };
  world.stdout.write(`${JSON.stringify({ Version: 1, AccessKeyId: member('AccessKeyId'), SecretAccessKey: member('SecretAccessKey'), SessionToken: member('SessionToken'), Expiration: member('Expiration') })}\n`);
  return 0;
}

/** The caller's own credentials: those of a profile that was named, those of the environment, those of the data directory. */
async function connection({ dataDir, profile, isProfileNamed }: CredentialProcessOptions, world: World): Promise<Connection> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL } = world.env;
  if (isProfileNamed || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return clientEnvironment({ dataDir, profile }, world);
  const endpoint = AWS_ENDPOINT_URL_STS || AWS_ENDPOINT_URL || (await findEndpoint(dataDir))?.endpoint;
  if (endpoint === undefined) throw new CommandError(`there is no AWS_ENDPOINT_URL, and no Gatehouse was started with the data directory ${dataDir}: say where it is with one of them`);
  return { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...(AWS_SESSION_TOKEN && { AWS_SESSION_TOKEN }) };
}
