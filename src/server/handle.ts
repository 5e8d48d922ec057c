/** The path of a request: receive → route → authenticate → read input → check → access → authorize → run → write → audit. */
import { ApiError } from '../base/api-error.ts';
import { check } from '../model/check.ts';
import { errorShape } from '../model/service.ts';
import type { Operation } from '../model/service.ts';
import { awsQuery } from '../protocol/aws-query.ts';
import { readClaim } from '../proof/sigv4/claim.ts';
import { checkSessionRights } from '../authz/session-rights.ts';
import type { RequestFacts } from '../authz/request-context.ts';
import type { IdentifiedCaller } from '../base/caller.ts';
import type { StructureValue, WireResponse } from '../protocol/protocol.ts';
import type { AnyOperation } from '../services/operation.ts';
import { Exchange } from './exchange.ts';
import type { Answer, HttpRequest } from './http-request.ts';
import { isReadOnly } from './read-only.ts';
import { limits } from './limits.ts';
import { answerOwnRoute } from './own-routes.ts';
import { operationOf, protocolOf, serviceOf } from './route.ts';
import type { Plane, ServedService } from './plane.ts';
import { authorizeOn, openContext } from './operation-context.ts';

/** Answers one request. Never rejects: what goes wrong is an answer too. */
export async function handle(plane: Plane, request: HttpRequest): Promise<Answer> {
  const own = answerOwnRoute(plane, request);
  if (own) return own;
  const exchange = new Exchange(request);
  let served: ServedService | undefined;
  let answer: Answer;
  try {
    plane.store.freshen();
    const claim = readClaim(request);
    exchange.claimedAccessKeyId = claim?.accessKeyId;
    served = serviceOf(request, claim, plane.services);
    exchange.serviceName = served?.model.name ?? claim?.service;
    if (!served) throw unservable(claim?.service);
    const operation = operationOf(request, served);
    exchange.operation = operation;
    exchange.operationName = operation.name;
    if (!claim) throw new ApiError('MissingAuthenticationToken', 'Request is missing Authentication Token');
    exchange.region = claim.region;
    const authenticating = plane.authenticate(claim, request, served.model);
    const caller = authenticating instanceof Promise ? await authenticating : authenticating;
    exchange.caller = caller;
    markUse(plane, exchange, caller, served);
    checkSessionRights(caller, served.model.name, operation.name);
    const definition = served.definition.operations.get(operation.name);
    if (!definition) throw new ApiError('NotImplemented', `${served.model.name}:${operation.name} is not implemented yet.`);
    const input = readInput(served, operation, request);
    exchange.input = input;
    const output = await perform(plane, exchange, { served, definition, caller, input });
    exchange.output = output;
    answer = answerOf(exchange, protocolOf(served).writeOutput(operation, output, request.requestId));
  } catch (thrown) {
    answer = refuse(exchange, served, thrown);
  }
  plane.audit.record(exchange);
  plane.log(exchange, answer.status);
  return answer;
}

/** What a request asks for once it is known who asks. */
interface Asked { readonly served: ServedService; readonly definition: AnyOperation; readonly caller: IdentifiedCaller; readonly input: StructureValue }

async function perform(plane: Plane, exchange: Exchange, { served, definition, caller, input }: Asked): Promise<StructureValue | undefined> {
  const { request } = exchange;
  const operation = exchange.operation!;
  if (!isReadOnly(operation)) plane.audit.assertWritable();
  await loadAccounts(plane, exchange, caller, definition.accounts?.(input));
  const facts: RequestFacts = {
    now: request.receivedAt,
    sourceIp: request.remoteAddress,
    isSecure: request.isSecure,
    userAgent: request.header('user-agent'),
    referer: request.header('referer'),
    requestedRegion: served.model.isGlobal ? 'us-east-1' : exchange.region!,
  };
  const context = openContext(plane, exchange, { served, operation, definition, caller, input, facts });
  try {
    authorizeOn(context.authorized, context.access.view);
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') exchange.decision = 'denied';
    throw thrown;
  }
  exchange.decision = 'allowed';
  // The output's type was checked against the model where the operation was defined.
  return (await definition.run(input, context.run)) as StructureValue | undefined;
}

function readInput(served: ServedService, operation: Operation, request: HttpRequest): StructureValue {
  const input = protocolOf(served).readInput(operation, request);
  const failures = check(operation, input);
  if (failures !== undefined) throw new ApiError('ValidationError', failures);
  return input;
}

/** Brings the accounts that the operation names into memory, and waits for the revision that the client has seen elsewhere. */
async function loadAccounts(plane: Plane, { request }: Exchange, caller: IdentifiedCaller, others: readonly string[] | undefined): Promise<void> {
  const seen = request.header('x-gatehouse-revision');
  if (seen !== undefined) await reachRevision(plane, caller.account, seen);
  if (others) for (const account of others) if (!plane.store.loaded(account)) await plane.store.account(account);
  if (!plane.store.loaded(caller.account)) await plane.store.account(caller.account);
}

async function reachRevision(plane: Plane, account: string, text: string): Promise<void> {
  const revision = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (revision === undefined) throw new ApiError('ValidationError', 'The header x-gatehouse-revision must be a whole number.');
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ApiError('ServiceUnavailable', `This node has not reached revision ${revision} of the account yet.`)), limits.revisionWaitMs);
  });
  try {
    await Promise.race([plane.store.reached(account, revision), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** A key counts as used by any request that it signed, allowed or not; a role by any of its sessions. */
function markUse(plane: Plane, exchange: Exchange, caller: IdentifiedCaller, served: ServedService): void {
  const use = { at: exchange.request.receivedAt, service: served.model.name, region: exchange.region! };
  if (!caller.session) plane.lastUsed.mark(caller.accessKeyId, use);
  else if (caller.kind === 'role') plane.lastUsed.mark(caller.principalId, use);
}

function unservable(service: string | undefined): ApiError {
  if (service === undefined) return new ApiError('MissingAuthenticationToken', 'Request is missing Authentication Token');
  return new ApiError('NotImplemented', `The service that the request was signed for is not implemented: ${service.slice(0, 64)}.`);
}

function refuse(exchange: Exchange, served: ServedService | undefined, thrown: unknown): Answer {
  // Anything but an ApiError is our bug: the caller learns nothing of it, the log everything.
  const error = thrown instanceof ApiError ? thrown : new ApiError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', { cause: thrown });
  exchange.error = { code: error.name, message: error.message, cause: error.cause };
  const protocol = served ? protocolOf(served) : awsQuery;
  const isUnknownAction = error.name === 'InvalidAction';
  return answerOf(exchange, protocol.writeError(isUnknownAction ? undefined : served?.model, errorShape(served?.model, error.name), error.message, exchange.request.requestId));
}

function answerOf({ request, revision }: Exchange, { status, contentType, headers, body }: WireResponse): Answer {
  return {
    status,
    headers: {
      'x-amzn-RequestId': request.requestId,
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      ...(revision !== undefined && { 'x-gatehouse-revision': String(revision) }),
      ...headers,
    },
    body,
  };
}
