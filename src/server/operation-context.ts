/** What an operation is given: the state it may look at, and `write`, which asks its `access` again on the state it will really change. */
import { ApiError, raise } from '../base/api-error.ts';
import { newId, newSecretAccessKey } from '../base/ids.ts';
import { openArgument, sealAsArgument, SealBroken } from '../base/seal.ts';
import type { Seal, SealPlace } from '../base/seal.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import type { RequestFacts } from '../authz/request-context.ts';
import type { AnyOperation, ProvenCaller, RunContext } from '../services/operation.ts';
import type { AccountView } from '../store/store.ts';
import type { Exchange } from './exchange.ts';
import type { Plane } from './plane.ts';
import { authorizationReference } from './read-model.ts';

/** What a request asks for once it is known who asks. */
export interface Asked {
  /** `iam:CreateUser` */
  readonly action: string;
  readonly definition: AnyOperation;
  readonly caller: ProvenCaller;
  /** The caller's account; of a caller without one, the account that its token was presented to. */
  readonly account: string;
  readonly input: StructureValue;
  readonly facts: RequestFacts;
  /** Other accounts that own what is addressed. */
  readonly others: readonly string[];
}

/** The context of `access` and `run`. INVARIANT: called when the account is in memory. */
export function openContext(plane: Plane, exchange: Exchange, asked: Asked): RunContext<string, ProvenCaller> {
  const { caller, account, action, facts, others } = asked;
  const { requestId, receivedAt } = exchange.request;
  const view = plane.store.loaded(account);
  if (!view) throw new ApiError('InvalidClientTokenId', 'The security token included in the request is invalid.');
  const authorizedRevision = view.revision;
  // The revisions at which the other accounts were looked at.
  const seen = others.every((other) => other === account) ? noRevisions : new Map(others.map((other) => [other, plane.store.loaded(other)?.revision]));
  const context: RunContext<string, ProvenCaller> = {
    caller,
    account,
    view,
    partition: plane.store.partition,
    awsManagedPolicies: plane.awsManagedPolicies,
    denials: plane.denials,
    transport: facts,
    accountView: (other) => plane.store.loaded(other),
    now: receivedAt,
    error: raise,
    requestId,
    region: exchange.region!,
    isGlobalEndpoint: exchange.isGlobalEndpoint,
    write: (draft) => context.writeIn(account, draft),
    async writeIn(owner, draft) {
      const written = await plane.store.write(owner, { by: caller.arn, requestId, action }, (state) => {
        if (owner === account ? state.revision !== authorizedRevision : state.revision !== seen.get(owner)) authorizeOn(plane, asked, context, state);
        return draft(state);
      });
      if (owner === account) exchange.revision = written.revision;
      return written.value;
    },
    s3: plane.s3,
    objects: plane.s3.opened(),
    require(asks) {
      plane.authorize(caller, action, asks, facts, context.view);
    },
    newId: (prefix, of = account) => newId(prefix, of, plane.random),
    newSecretAccessKey: () => newSecretAccessKey(plane.random),
    random: plane.random,
    seal: plane.seal,
    issuerUrl: (issuerId) => plane.issuers.urlOf(issuerId),
    sealSession: (claims) => plane.sessions.seal(claims),
    lastUsed: plane.lastUsed,
    authorizationReference,
    reports: plane.reports,
    recentRequests: plane.recentRequests,
    git: plane.git,
    repositoryRemoval: plane.repositoryRemoval,
    gitUrls: plane.gitUrls,
    databases: plane.databases,
    deviceEndpoint: plane.deviceEndpoint,
    machines: plane.machines,
    activeSshKeys: plane.activeSshKeys,
    logs: plane.logs,
    // What opens sessions is loaded with the first that is asked for.
    workloads: async () => (await import('./workload-sessions.ts')).openWorkloads(plane, exchange, view),
    guard: plane.guard,
    marker: new SealedMarkers(plane.seal, account, caller, action),
  };
  return context;
}

const noRevisions: ReadonlyMap<string, number | undefined> = new Map();

/** Where a list goes on, sealed for whoever asked. A class, because every request has one and few use it. */
class SealedMarkers {
  readonly #seal: Seal;
  readonly #account: string;
  readonly #caller: ProvenCaller;
  readonly #action: string;

  constructor(seal: Seal, account: string, caller: ProvenCaller, action: string) {
    this.#seal = seal;
    this.#account = account;
    this.#caller = caller;
    this.#action = action;
  }

  seal(position: string): string {
    return sealAsArgument(this.#seal, position, this.#place());
  }

  open(marker: string): string {
    try {
      return openArgument(this.#seal, marker, this.#place());
    } catch (thrown) {
      if (thrown instanceof SealBroken) throw new ApiError('ValidationError', 'Invalid Marker.');
      throw thrown;
    }
  }

  #place(): SealPlace {
    return { account: this.#account, table: 'markers', key: this.#caller.account === undefined ? this.#caller.userId : this.#caller.principalId, field: this.#action };
  }
}

/** Throws AccessDenied unless the policies allow, on the state that `state` shows of its account and the views of the others, all that the operation asks. */
export function authorizeOn(plane: Plane, { action, definition, caller, account, input, facts }: Asked, context: RunContext<string, ProvenCaller>, state: AccountView): void {
  if (typeof definition.access !== 'function') return;
  const on = state === context.view ? context : showing(state, account, context);
  const asks = definition.access(input, on);
  plane.authorize(caller, action, asks, facts, on.view);
}

/** The context with another state of an account. What is not replaced is not even looked at. */
function showing(state: AccountView, account: string, context: RunContext<string, ProvenCaller>): RunContext<string, ProvenCaller> {
  const replaced = state.account === account ? { view: state } : { accountView: (other: string) => (other === state.account ? state : context.accountView(other)) };
  return Object.assign(Object.create(context) as RunContext<string, ProvenCaller>, replaced);
}
