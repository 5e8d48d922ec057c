/** One use of a repository: who comes from where, whether policies let them, and what is recorded of it. */
import type { Ask } from '../../authz/ask.ts';
import { Denied } from '../../authz/denial.ts';
import type { RequestFacts } from '../../authz/request-context.ts';
import { ApiError } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import { isoSeconds } from '../../base/clock.ts';
import { findRepository, referenceContext, repositoryArn, resourceTagContext } from '../../services/codecommit/lookup.ts';
import type { RepositoryDoc } from '../../store/repository-doc.ts';
import type { GitDoorParts } from './parts.ts';
import type { GitCommand, NamedRepository } from './repository-path.ts';

/** Why a client is refused, in words for a person. */
export class GitRefused extends Error {
  override readonly name = 'GitRefused';
  /** There is no such repository. */
  readonly isAbsent: boolean = false;
}

class CredentialGone extends GitRefused {}

export class RepositoryAbsent extends GitRefused {
  override readonly isAbsent = true;
}

/** Where a client comes from, and by which wire. */
export interface Origin { readonly protocol: 'SSH' | 'HTTPS' | 'HTTP'; readonly remoteAddress: string; readonly agent: string | undefined }

/** Source: "Actions, resources, and condition keys for AWS CodeCommit", GitPull and GitPush. */
const actions: Readonly<Record<GitCommand, 'GitPull' | 'GitPush'>> = { 'upload-pack': 'GitPull', 'receive-pack': 'GitPush' };

export class GitVisit {
  readonly #parts: GitDoorParts;
  readonly #caller: IdentifiedCaller;
  readonly #origin: Origin;
  readonly #command: GitCommand;
  readonly #named: NamedRepository;
  readonly #isStillProven: () => Promise<boolean>;
  readonly #requestId: string;
  readonly #at: number;

  /** `isStillProven`: what the caller has shown may be taken away while the connection lasts. */
  constructor(parts: GitDoorParts, caller: IdentifiedCaller, origin: Origin, command: GitCommand, named: NamedRepository, isStillProven: () => Promise<boolean>) {
    this.#isStillProven = isStillProven;
    this.#parts = parts;
    this.#caller = caller;
    this.#origin = origin;
    this.#command = command;
    this.#named = named;
    this.#requestId = parts.newRequestId();
    this.#at = parts.clock();
  }

  get requestId(): string {
    return this.#requestId;
  }

  get account(): string {
    return this.#caller.account;
  }

  /** Of what is written on its behalf. */
  get cause() {
    return { by: this.#caller.arn, requestId: this.#requestId, action: this.#action };
  }

  /**
   * The repository, for whoever may use it so. `references` are those that a push changes: without them it is asked whether there may be a push at all, as AWS
   * asks when a connection begins. Throws GitRefused, having recorded it.
   */
  async admit(references?: readonly string[]): Promise<RepositoryDoc> {
    const { store, authorize, lastUsed, assertAuditWritable } = this.#parts;
    const { region, name } = this.#named;
    const { account, principalId } = this.#caller;
    store.freshen();
    const view = await store.account(account);
    // INVARIANT: a caller is of an account that is there, and accounts do not go.
    if (!view) throw new Error(`there is no account ${account}`);
    try {
      if (this.#command === 'receive-pack') assertAuditWritable();
      if (!(await this.#isStillProven())) throw new CredentialGone('The key or password is no longer active.');
      const repository = findRepository(view, region, name);
      const asks = (references === undefined ? [{}] : references.map((reference) => referenceContext(reference)))
        .map((context): Ask => ({ resource: repositoryArn(account, region, name), context: { ...resourceTagContext(repository), ...context } }));
      lastUsed.mark(`${principalId}/${this.#action}`, { at: this.#at, service: 'codecommit', region });
      authorize(this.#caller, this.#action, asks, this.#facts, view);
      if (!repository) throw new RepositoryAbsent(`${name} does not exist`);
      return repository;
    } catch (thrown) {
      throw this.#refusal(thrown);
    }
  }

  /** What came of it: one record a visit. */
  record({ RepositoryId }: RepositoryDoc, more: Readonly<Record<string, unknown>>): void {
    this.#record({ additionalEventData: { protocol: this.#origin.protocol, repositoryName: this.#named.name, repositoryId: RepositoryId, ...more } });
  }

  get #action(): string {
    return `codecommit:${actions[this.#command]}`;
  }

  get #facts(): RequestFacts {
    const { protocol, remoteAddress, agent } = this.#origin;
    return { now: this.#at, sourceIp: remoteAddress, isSecure: protocol !== 'HTTP', userAgent: agent, referer: undefined, requestedRegion: this.#named.region };
  }

  #refusal(thrown: unknown): unknown {
    if (!(thrown instanceof ApiError) && !(thrown instanceof GitRefused)) return thrown;
    const { message } = thrown;
    const authorizationId = thrown instanceof Denied ? this.#parts.recordDenial(thrown, { requestId: this.#requestId, operation: this.#action, message }, this.#at) : undefined;
    this.#record({
      errorCode: thrown instanceof CredentialGone ? 'AccessDenied' : thrown instanceof GitRefused ? 'RepositoryDoesNotExistException' : thrown.name, errorMessage: message,
      additionalEventData: { protocol: this.#origin.protocol, repositoryName: this.#named.name, ...(authorizationId !== undefined && { authorizationId }) },
    });
    return thrown instanceof GitRefused ? thrown : new GitRefused(authorizationId === undefined ? message : `${message} (authorization id ${authorizationId})`, { cause: thrown });
  }

  /** Source: "Logging AWS CodeCommit API calls with AWS CloudTrail". */
  #record(more: Readonly<Record<string, unknown>>): void {
    const { arn, account: accountId, userId: principalId, kind } = this.#caller;
    const { remoteAddress, agent } = this.#origin;
    this.#parts.recordEvent({
      eventVersion: '1.11', userIdentity: { type: { root: 'Root', user: 'IAMUser', role: 'AssumedRole', federatedUser: 'FederatedUser' }[kind], principalId, arn, accountId, ...(this.#caller.kind === 'user' && { userName: this.#caller.userName }) },
      eventTime: isoSeconds(this.#at), eventSource: 'codecommit.amazonaws.com', eventName: actions[this.#command], awsRegion: this.#named.region, sourceIPAddress: remoteAddress,
      ...(agent !== undefined && { userAgent: agent.slice(0, 1_024) }), requestParameters: null, responseElements: null, requestID: this.#requestId, readOnly: this.#command === 'upload-pack',
      eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: accountId, eventCategory: 'Management', ...more,
    });
  }
}
