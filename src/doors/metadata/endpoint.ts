/** The metadata service of one instance: what its state is now, asked at each request. */
import { answerMetadata, refusal } from './answer.ts';
import type { MetadataAnswer, MetadataRequest } from './answer.ts';
import { instanceFacts } from './facts.ts';
import { IdentityProofs } from './identity-document.ts';
import { instanceTree } from './instance-tree.ts';
import type { MetadataParts } from './parts.ts';
import { RoleCredentials } from './role-credentials.ts';
import { MetadataTokens } from './tokens.ts';

/** Whose endpoint it is: settled when it is opened, by where it is opened, and by nothing that a request says. */
export interface EndpointOwner {
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  /** The names by which it is addressed, in lower case. */
  readonly hosts: ReadonlySet<string>;
}

/** Where instances find it, as AWS's do. */
export const standardHosts: ReadonlySet<string> = new Set(['169.254.169.254', '169.254.169.254:80']);

export type AnswerMetadata = (request: MetadataRequest) => Promise<MetadataAnswer>;

export function openEndpoint(parts: MetadataParts, { account, region, instanceId, hosts }: EndpointOwner): AnswerMetadata {
  const tokens = new MetadataTokens(parts.random);
  const credentials = new RoleCredentials(parts);
  const identity = new IdentityProofs(parts);
  return async (request) => {
    parts.store.freshen();
    const view = parts.store.loaded(account) ?? await parts.store.account(account);
    const facts = view && instanceFacts(view, region, instanceId, parts);
    // Of an instance that is no more nothing is told, whoever still has a way to ask.
    if (!view || !facts) return refusal(404);
    return answerMetadata(request, {
      options: facts.instance.MetadataOptions, tokens, hosts, now: parts.clock(),
      tree: (version) => instanceTree(facts, {
        // INVARIANT: the tree has it only where there is a role.
        credentials: async () => credentials.text(facts, facts.role!, view, version),
        identity: () => identity.entries(facts),
      }),
    });
  };
}
