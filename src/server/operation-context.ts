/** What an operation is given: the state it may look at, and `write`, which asks its `access` again on the state it will really change. */
import { ApiError, raise } from '../base/api-error.ts';
import type { IdentifiedCaller } from '../base/caller.ts';
import { newId, newSecretAccessKey } from '../base/ids.ts';
import { SealBroken } from '../base/seal.ts';
import type { Operation } from '../model/service.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import type { RequestFacts } from '../authz/request-context.ts';
import type { AccessContext, AnyOperation, RunContext } from '../services/operation.ts';
import type { AccountView } from '../store/store.ts';
import type { Exchange } from './exchange.ts';
import type { Plane, ServedService } from './plane.ts';

interface Asked {
  readonly served: ServedService;
  readonly operation: Operation;
  readonly definition: AnyOperation;
  readonly caller: IdentifiedCaller;
  readonly input: StructureValue;
  readonly facts: RequestFacts;
}

/** All that is needed to ask `access` and the policies again on another state. */
interface Authorized extends Asked { readonly plane: Plane; readonly access: AccessContext<string> }

interface OpenContext { readonly access: AccessContext<string>; readonly run: RunContext<string>; readonly authorized: Authorized }

/** INVARIANT: called when the caller's account is in memory. */
export function openContext(plane: Plane, exchange: Exchange, asked: Asked): OpenContext {
  const { caller, operation, served } = asked;
  const view = plane.store.loaded(caller.account);
  if (!view) throw new ApiError('InvalidClientTokenId', 'The security token included in the request is invalid.');
  const access: AccessContext<string> = {
    caller,
    account: caller.account,
    view,
    partition: plane.store.partition,
    awsManagedPolicies: plane.awsManagedPolicies,
    accountView: (account) => plane.store.loaded(account),
    now: exchange.request.receivedAt,
    error: raise,
  };
  const authorized: Authorized = { ...asked, plane, access };
  const authorizedRevision = view.revision;
  const action = `${served.model.name}:${operation.name}`;
  const markerPlace = { account: caller.account, table: 'markers', key: caller.principalId, field: action };
  const run: RunContext<string> = {
    ...access,
    requestId: exchange.request.requestId,
    region: exchange.region!,
    async write(draft) {
      const written = await plane.store.write(caller.account, { by: caller.arn, requestId: exchange.request.requestId, action }, (state) => {
        if (state.revision !== authorizedRevision) authorizeOn(authorized, state);
        return draft(state);
      });
      exchange.revision = written.revision;
      return written.value;
    },
    newId: (prefix, account = caller.account) => newId(prefix, account, plane.random),
    newSecretAccessKey: () => newSecretAccessKey(plane.random),
    random: plane.random,
    seal: plane.seal,
    sealSession: (claims) => plane.sessions.seal(claims),
    lastUsed: plane.lastUsed,
    guard: plane.guard,
    marker: {
      seal: (position) => plane.seal.seal(position, markerPlace),
      open(marker) {
        try {
          return plane.seal.open(marker, markerPlace);
        } catch (thrown) {
          if (thrown instanceof SealBroken) throw new ApiError('ValidationError', 'Invalid Marker.');
          throw thrown;
        }
      },
    },
  };
  return { access, run, authorized };
}

/** Throws AccessDenied unless the policies allow, on the state that `view` shows, all that the operation asks. */
export function authorizeOn({ plane, served, operation, definition, caller, input, facts, access }: Authorized, view: AccountView): void {
  if (typeof definition.access !== 'function') return;
  const asks = definition.access(input, view === access.view ? access : { ...access, view });
  plane.authorize(caller, `${served.model.name}:${operation.name}`, asks, facts, view);
}
