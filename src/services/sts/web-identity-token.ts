/** GetWebIdentityToken: a token of the account's own issuer, by which others can see who is calling. Source: "Federating AWS identities to external services" (IAM User Guide). */
import type { GetWebIdentityTokenRequest, Sts } from '../../../models/sts.ts';
import type { Raise } from '../../base/api-error.ts';
import { newUuid } from '../../base/ids.ts';
import { signingAlgorithms, signToken } from '../../credentials/token-signing-key.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { AccountView } from '../../store/store.ts';
import { accountSettingsKey } from '../../store/tables.ts';
import type { TokenAlgorithm } from '../../store/token-signing-key-doc.ts';
import type { Operations, RunContext } from '../operation.ts';
import { addNextKeys, isRotationDue, makeKeys, signerOf, signingKeyOf } from '../token-signing-keys.ts';
import { sessionTags } from './session-tags.ts';
import { callerClaims } from './web-identity-claims.ts';

type Errors = Sts['GetWebIdentityToken']['errors'];

/** Seconds. Source: GetWebIdentityToken, DurationSeconds (STS API Reference). */
const defaultDurationSeconds = 300;

/** GUESS: AWS names no size. With this much a token is never longer than the 20,000 characters that AWS itself takes of one (AssumeRoleWithWebIdentity, WebIdentityToken). */
const payloadBytesMax = 14 * 1024;

export const webIdentityToken = {
  GetWebIdentityToken: {
    access(input, { error }) {
      algorithmOf(input, error);
      const { tags } = sessionTags(input.Tags, [], undefined, error);
      const keys = Object.keys(tags);
      const context: Record<string, ContextValue | undefined> = {
        'sts:IdentityTokenAudience': input.Audience,
        // A policy that sets a bound holds for whoever leaves the parameter out, too.
        'sts:DurationSeconds': String(input.DurationSeconds ?? defaultDurationSeconds),
        'sts:SigningAlgorithm': input.SigningAlgorithm,
        'aws:TagKeys': keys.length > 0 ? keys : undefined,
      };
      for (const key of keys) context[`aws:RequestTag/${key}`] = tags[key];
      const ask = { resource: '*', isResourceHidden: true, context };
      return keys.length > 0 ? [ask, { ...ask, action: 'sts:TagGetWebIdentityToken' }] : [ask];
    },

    async run(input, context) {
      const { view, now, caller, random, issuerUrl, error } = context;
      const federation = view.accountSettings.find(accountSettingsKey)?.OutboundFederation;
      if (!federation?.IsEnabled) throw error('OutboundWebIdentityFederationDisabledException', 'The outbound web identity federation feature is not enabled for this account.');
      const issuedSeconds = Math.floor(now / 1000);
      const expiresSeconds = issuedSeconds + (input.DurationSeconds ?? defaultDurationSeconds);
      // GUESS: AWS says it of a length that was asked for; whether of the default one, too, nobody has seen. A token must not outlive the session behind it.
      if (caller.session && expiresSeconds * 1000 > caller.session.expiresAt) throw error('SessionDurationEscalationException', 'The requested token duration would extend the session beyond its original expiration time.');
      const { tags } = sessionTags(input.Tags, [], undefined, error);
      const [audience] = input.Audience;
      const claims = {
        iss: issuerUrl(federation.IssuerId),
        aud: input.Audience.length === 1 ? audience : input.Audience,
        sub: caller.principalArn,
        iat: issuedSeconds,
        exp: expiresSeconds,
        jti: newUuid(random),
        'https://sts.amazonaws.com/': callerClaims(caller, context, tags),
      };
      if (Buffer.byteLength(JSON.stringify(claims)) > payloadBytesMax) throw error('JWTPayloadSizeExceededException', 'The requested token payload size exceeds the maximum allowed size. Reduce the number of request tags.');
      const key = await signingKey(algorithmOf(input, error), context);
      return { WebIdentityToken: await signToken(claims, signerOf(key, context)), Expiration: expiresSeconds * 1000 };
    },
  },
} satisfies Operations<Sts, 'GetWebIdentityToken'>;

// The model names no values, so that the check of the input lets others through. GUESS: the words.
function algorithmOf({ SigningAlgorithm }: GetWebIdentityTokenRequest, error: Raise<never>): TokenAlgorithm {
  const algorithm = signingAlgorithms.find((name) => name === SigningAlgorithm);
  if (algorithm === undefined) throw error('ValidationError', `${SigningAlgorithm} is not a valid signing algorithm. Valid values are: ${signingAlgorithms.join(', ')}`);
  return algorithm;
}

/** Algorithms whose next key is being made, by account: making one takes a while, and every request would begin anew. */
const inTheMaking = new WeakMap<AccountView, Set<TokenAlgorithm>>();

/** The key that signs now. Whoever finds it old, or none, sees to the next; the old one signs until that one has been published for a while. */
async function signingKey(algorithm: TokenAlgorithm, context: RunContext<Errors>) {
  const { view, now } = context;
  const found = signingKeyOf(view, algorithm, now);
  if (found && !isRotationDue(view, algorithm, now)) return found;
  let making = inTheMaking.get(view);
  if (!making) inTheMaking.set(view, (making = new Set()));
  if (found && making.has(algorithm)) return found;
  making.add(algorithm);
  try {
    await makeNextKey(algorithm, context);
  } finally {
    making.delete(algorithm);
  }
  const key = signingKeyOf(view, algorithm, now);
  // INVARIANT: one that is the first of its algorithm signs at once.
  if (!key) throw new Error(`there is no ${algorithm} key to sign with`);
  return key;
}

async function makeNextKey(algorithm: TokenAlgorithm, context: RunContext<Errors>): Promise<void> {
  const made = await makeKeys([algorithm], context);
  await context.write((draft) => addNextKeys(draft, made, context.now));
}
