/** The environment that points AWS's clients at a Gatehouse: for `gatehouse env`, which writes it, and `gatehouse aws`, which runs in it. */
import { CommandError } from './commands.ts';
import { credentialsFile, readAccessKey } from './credentials-file.ts';
import { findEndpoint } from './endpoint-file.ts';
import type { Target } from './options.ts';
import type { Environment, World } from './world.ts';

/**
 * What would be used in the place of what is set here, by one client or another: a profile, a session token that belongs to another key, an
 * endpoint of one service, the switch that turns endpoints off. Source: "Environment variables support" (AWS SDKs and Tools Reference Guide).
 */
const overrides = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_ENDPOINT_URL_IAM', 'AWS_ENDPOINT_URL_STS', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];

/** Where no region was chosen: that of the global services. Some clients refuse to start without one. */
const usualRegion = 'us-east-1';

/** The variables to set, and (undefined) those to unset. */
export async function clientEnvironment({ dataDir, profile }: Target, world: World): Promise<Environment> {
  const found = await findEndpoint(dataDir);
  if (found === undefined) throw new CommandError(`no Gatehouse was started with the data directory ${dataDir}: start one, or say where it is with --data-dir`);
  const key = readAccessKey(dataDir, profile);
  if (key === undefined) throw new CommandError(`${credentialsFile(dataDir)} has no access key for the profile ${profile}`);
  const { endpoint, isListening } = found;
  if (!isListening) world.stderr.write(`gatehouse: nothing answers at ${endpoint} now; start it with \`${world.program} start\`\n`);
  const region = world.env.AWS_REGION ?? world.env.AWS_DEFAULT_REGION ?? usualRegion;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...Object.fromEntries(overrides.filter((name) => world.env[name] !== undefined).map((name) => [name, undefined])),
  };
}
