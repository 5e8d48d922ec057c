/** The path of a request: receive → route → authenticate → read input → check → access → authorize → run → write → audit. */
import { ApiError, raise } from '../base/api-error.ts';
import { NotAtHand } from '../base/not-at-hand.ts';
import { check } from '../model/check.ts';
import { errorShape } from '../model/service.ts';
import type { Operation } from '../model/service.ts';
import { awsQuery } from '../protocol/aws-query.ts';
import { readClaim } from '../proof/sigv4/claim.ts';
import { dialectOf } from '../proof/sigv4/dialect.ts';
import { SignatureRefusal } from '../proof/sigv4/refusal.ts';
import { Denied } from '../authz/denial.ts';
import { checkSessionRights } from '../authz/session-rights.ts';
import type { AnonymousCaller, IdentifiedCaller } from '../base/caller.ts';
import type { StructureValue, WireResponse } from '../protocol/protocol.ts';
import type { AnyOperation, Presented, ProvenCaller, RunContext } from '../services/operation.ts';
import type { Store } from '../store/store.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { answerPreflight, crossOriginHeaders } from './cross-origin.ts';
import { Exchange } from './exchange.ts';
import type { AnyAnswer, HttpRequest } from './http-request.ts';
import { isReadOnly } from './read-only.ts';
import { limits } from './limits.ts';
import { answerOwnRoute } from './own-routes.ts';
import { addressBucket, isUploadForm, operationOf, presumedService, protocolOf, serviceOf } from './route.ts';
import { withHeadersOfLink } from './said-headers.ts';
import { verifyPayload } from './verified-body.ts';
import type { DescribedService, RoutedService, ServedService } from './lazy-service.ts';
import type { Plane } from './plane.ts';
import { authorizeOn, openContext } from './operation-context.ts';
import type { Asked } from './operation-context.ts';
import { keepRecent } from './recent-exchange.ts';
import { HttpRequestFacts } from './request-facts.ts';

/** Answers one request. Never rejects: what goes wrong is an answer too. Nothing is awaited that is at hand: most requests are answered in the turn they came in. */
export async function handle(plane: Plane, request: HttpRequest): Promise<AnyAnswer> {
  const own = answerOwnRoute(plane, request);
  if (own) return own instanceof Promise ? own.catch((cause: unknown) => failedRoute(plane, request, cause)) : own;
  const exchange = new Exchange(request);
  let routed: RoutedService | undefined;
  let answer: AnyAnswer;
  try {
    plane.store.freshen();
    const claim = readClaim(request);
    exchange.claim = claim;
    exchange.claimedAccessKeyId = claim?.accessKeyId;
    routed = serviceOf(request, claim, plane.services);
    exchange.serviceName = routed?.card.name ?? claim?.service;
    if (!routed) throw unservable(claim?.service);
    addressBucket(request, routed, plane.isServedHost);
    answer = isPreflight(request, routed) ? await preflight(plane, exchange) : await perform(plane, exchange, routed.served ?? (await routed.load()));
  } catch (thrown) {
    if (thrown instanceof Denied) recordDenial(plane, exchange, thrown);
    answer = refuse(plane, exchange, routed, thrown);
  }
  if (exchange.serviceName === 's3') answer = readableElsewhere(plane, request, answer);
  plane.audit.record(exchange);
  keepRecent(plane, exchange);
  plane.log(exchange, answer.status);
  return answer;
}

/** The operation that the request names, by whoever it is proven to be from. */
async function perform(plane: Plane, exchange: Exchange, served: ServedService): Promise<AnyAnswer> {
  const { request } = exchange;
  const form = isUploadForm(request) && served.model.protocol === 'restXml' ? await (await import('./post-object.ts')).receiveForm(plane, exchange, served) : undefined;
  const { claim } = exchange;
  const endpoint = awsEndpoint(request, served);
  exchange.isGlobalEndpoint = endpoint?.isGlobal === true;
  const operation = form?.operation ?? operationOf(request, served, endpoint);
  exchange.operation = operation;
  const region = (exchange.region = claim?.region ?? endpoint?.region ?? unsignedRegion);
  const definition = served.definition.operations.get(operation.name);
  const proving = form?.caller ?? (definition?.presented ? provePresented(plane, exchange, served, definition) : proveSigner(plane, exchange, served, definition, endpoint?.region));
  const caller = proving instanceof Promise ? await proving : proving;
  exchange.caller = caller;
  if (caller.account !== undefined) markUse(plane, exchange, caller, served, operation);
  checkSessionRights(caller, served.model.name, operation.name);
  if (!definition) throw new ApiError('NotImplemented', `${operation.action} is not implemented yet.`);
  const input = (exchange.input ??= readInput(served, operation, claim?.isPresigned && served.model.protocol === 'restXml' ? withHeadersOfLink(request) : request));
  const others = definition.accounts?.(input, plane.store.partition, raise) ?? none;
  exchange.ownerAccounts = others;
  // Who has no account asks in the one that the request names.
  const account = caller.account ?? exchange.presentedAccount ?? others[0]!;
  if (!isReadOnly(operation)) plane.audit.assertWritable();
  const loading = loadAccounts(plane, request, account, others);
  if (loading) await loading;
  const opening = definition.needsObjects ? plane.s3.open() : undefined;
  if (opening) await opening;
  const facts = new HttpRequestFacts(request, served.model.isGlobal ? 'us-east-1' : region, claim, form !== undefined);
  let asked: Asked = { action: operation.action, definition, caller, account, input, facts, others };
  let context = openContext(plane, exchange, asked);
  const provingMore = definition.proveCaller?.(input, context) ?? caller;
  const proven = provingMore instanceof Promise ? await provingMore : provingMore;
  if (proven !== caller) {
    asked = { ...asked, caller: proven };
    context = openContext(plane, exchange, asked);
  }
  const deciding = authorize(plane, exchange, asked, context);
  if (deciding) await deciding;
  const running = definition.run(input, context);
  // The output's type was checked against the model where the operation was defined.
  const output = (running instanceof Promise ? await running : running) as StructureValue | undefined;
  const answer = answerOf(exchange, form ? form.answer(output ?? {}) : protocolOf(served).writeOutput(operation, output, request.requestId));
  exchange.output = output;
  return answer;
}

/** An own route that threw is our bug, or the store's failure: the log says which. */
function failedRoute({ warn }: Plane, { path, requestId }: HttpRequest, cause: unknown): AnyAnswer {
  warn(`${path} could not be answered (request ${requestId})`, cause);
  return { status: 500, headers: {}, body: '' };
}

/** A browser's question before a page's request; whatever its query says of a signature, it has none. */
const isPreflight = ({ method }: HttpRequest, { card }: RoutedService): boolean => method === 'OPTIONS' && card.protocol === 'restXml';

async function preflight(plane: Plane, exchange: Exchange): Promise<AnyAnswer> {
  return answerOf(exchange, { status: 200, contentType: undefined, headers: await answerPreflight(plane, exchange.request), body: '' });
}

/** The answer as a page of another origin may read it, where the bucket's rules let it. */
function readableElsewhere(plane: Plane, request: HttpRequest, answer: AnyAnswer): AnyAnswer {
  const headers = crossOriginHeaders(plane, request);
  return headers && request.method !== 'OPTIONS' ? { ...answer, headers: { ...answer.headers, ...headers } } : answer;
}

/** Where an unsigned request counts as made: it names no region. */
const unsignedRegion = 'us-east-1';

/** Whoever signed the request; nobody, where the operation is open to everyone. What the request says of its body is held to from then on. */
function proveSigner(plane: Plane, exchange: Exchange, { model: { signingName } }: DescribedService, definition: AnyOperation | undefined, region: string | undefined): IdentifiedCaller | AnonymousCaller | Promise<IdentifiedCaller> {
  const { request, claim } = exchange;
  const { isPayloadStated } = dialectOf(signingName);
  if (!claim) {
    refuseOlderSignature(request);
    if (definition?.proof !== 'signatureOrNone') throw new SignatureRefusal('missing', 'Request is missing Authentication Token');
    if (isPayloadStated) verifyPayload(request, undefined, undefined, plane.beginDigest);
    return anonymous;
  }
  if (!isPayloadStated) return plane.authenticate(claim, request, { signingName, region });
  return plane.authenticate(claim, request, { signingName, region }, { onProven: (key) => verifyPayload(request, claim, key, plane.beginDigest) });
}

/** What was signed the way of Signature Version 2 is not taken for what nobody signed. */
function refuseOlderSignature({ query }: HttpRequest): void {
  if (/(?:^|&)(?:AWSAccessKeyId|Signature)=/.test(query)) throw new SignatureRefusal('algorithm', 'Signature Version 2 is not implemented.');
}

const anonymous: AnonymousCaller = Object.freeze({ kind: 'anonymous', arn: 'anonymous', userId: 'anonymous' });

/** The token is a parameter, so that the input is read and checked before anybody is known. A signature beside it proves nothing more and is not looked at, but for that of a certificate's key. */
function provePresented(plane: Plane, exchange: Exchange, served: DescribedService, { proof, presented }: AnyOperation): Promise<ProvenCaller> {
  exchange.input = readInput(served, exchange.operation!, exchange.request);
  const token = presented!(exchange.input, raise);
  exchange.presentedAccount = token.account;
  // INVARIANT: an operation with `presented` has the proof that it is for; its type says so.
  return plane.provePresented(proof as keyof Presented, token, { claim: exchange.claim, request: exchange.request, remoteAddress: exchange.request.remoteAddress });
}

function readInput(served: DescribedService, operation: Operation, request: HttpRequest): StructureValue {
  const input = protocolOf(served).readInput(operation, request);
  const refusal = check(operation, input);
  if (refusal) throw refusal;
  return input;
}

/** Undefined where all that policies look at was at hand, as nearly always. */
function authorize(plane: Plane, exchange: Exchange, asked: Asked, context: RunContext<string, ProvenCaller>): Promise<void> | undefined {
  try {
    authorizeOn(plane, asked, context, context.view);
  } catch (thrown) {
    if (thrown instanceof NotAtHand) return thrown.bring().then(() => authorize(plane, exchange, asked, context));
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') exchange.decision = 'denied';
    throw thrown;
  }
  exchange.decision = 'allowed';
  return undefined;
}

/** Brings the accounts that the operation names into memory, and waits for the revision that the client has seen elsewhere; undefined where there is nothing to wait for. */
function loadAccounts({ store }: Plane, request: HttpRequest, account: string, others: readonly string[] = none): Promise<void> | undefined {
  const seen = request.header('x-gatehouse-revision');
  const isAllLoaded = store.loaded(account) !== undefined && others.every((other) => store.loaded(other));
  return seen === undefined && isAllLoaded ? undefined : bringIn(store, account, others, seen);
}

const none: readonly string[] = [];

async function bringIn(store: Store, account: string, others: readonly string[], seen: string | undefined): Promise<void> {
  if (seen !== undefined) await reachRevision(store, account, seen);
  for (const other of [...others, account]) if (!store.loaded(other)) await store.account(other);
}

async function reachRevision(store: Store, account: string, text: string): Promise<void> {
  const revision = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (revision === undefined) throw new ApiError('ValidationError', 'The header x-gatehouse-revision must be a whole number.');
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ApiError('ServiceUnavailable', `This node has not reached revision ${revision} of the account yet.`)), limits.revisionWaitMs);
  });
  try {
    await Promise.race([store.reached(account, revision), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** A key counts as used by any request that it signed, allowed or not; a role by any of its sessions; an action by whoever tries it. */
function markUse(plane: Plane, exchange: Exchange, caller: IdentifiedCaller, served: DescribedService, operation: Operation): void {
  const use = { at: exchange.request.receivedAt, service: served.model.name, region: exchange.region! };
  if (!caller.session) plane.lastUsed.mark(caller.accessKeyId, use);
  else if (caller.kind === 'role') plane.lastUsed.mark(caller.principalId, use);
  if (caller.kind === 'user' || caller.kind === 'role' || caller.kind === 'root') plane.lastUsed.markOf(caller.principalId, operation.action, use);
}

/** Policies denied it, when it was asked or when its write stood on newer ones. */
function recordDenial(plane: Plane, exchange: Exchange, denied: Denied): void {
  const { request, serviceName, operation } = exchange;
  exchange.decision = 'denied';
  const { id, encodedMessage } = plane.denials.record(denied, { requestId: request.requestId, operation: `${serviceName}:${operation?.name}`, message: denied.message }, request.receivedAt);
  exchange.authorizationId = id;
  exchange.encodedAuthorizationMessage = encodedMessage;
}

function unservable(service: string | undefined): ApiError {
  if (service === undefined) return new ApiError('MissingAuthenticationToken', 'Request is missing Authentication Token');
  return new ApiError('NotImplemented', `The service that the request was signed for is not implemented: ${service.slice(0, 64)}.`);
}

function refuse(plane: Plane, exchange: Exchange, routed: RoutedService | undefined, thrown: unknown): AnyAnswer {
  const { request, claim } = exchange;
  // What could not be told from a claim that cannot be read is told from the rest of the request.
  const answering = routed ?? (thrown instanceof SignatureRefusal ? presumedService(request, plane.services) : undefined);
  const worded = thrown instanceof SignatureRefusal && answering ? dialectOf(answering.model.signingName).worded(thrown, { claim, isPresigned: claim?.isPresigned ?? request.query.includes('X-Amz-'), now: request.receivedAt, requestId: request.requestId }) : thrown;
  // Anything but an ApiError is our bug: the caller learns nothing of it, the log everything.
  const error = worded instanceof ApiError ? worded : new ApiError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', { cause: thrown });
  const protocol = answering ? protocolOf(answering) : awsQuery;
  exchange.error = { code: error.name, message: error.message, cause: error.cause };
  const isUnknownAction = error.name === 'InvalidAction';
  return answerOf(exchange, protocol.writeError(isUnknownAction ? undefined : answering?.model, errorShape(answering?.model, error.name), error.message, request.requestId, { details: error.details, headers: error.headers, encodedAuthorizationMessage: exchange.encodedAuthorizationMessage }));
}

function answerOf({ request, revision, authorizationId, encodedAuthorizationMessage }: Exchange, { status, contentType, headers: own, body }: WireResponse): AnyAnswer {
  const headers = own ?? {};
  headers['x-amzn-RequestId'] = request.requestId;
  if (contentType !== undefined) headers['Content-Type'] = contentType;
  if (authorizationId !== undefined) headers['x-gatehouse-authorization-id'] = authorizationId;
  if (encodedAuthorizationMessage !== undefined) headers['x-gatehouse-encoded-authorization-message'] = encodedAuthorizationMessage;
  if (revision !== undefined) headers['x-gatehouse-revision'] = String(revision);
  // Either kind, as the body is.
  return { status, headers, body } as AnyAnswer;
}
