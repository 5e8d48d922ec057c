/** Calls an operation for a caller that is proven otherwise than by a signature, by the same stops: rights, policies, the write, the audit record. What a door does for a person it does with that person's rights. */
import { ApiError, raise } from '../base/api-error.ts';
import type { IdentifiedCaller } from '../base/caller.ts';
import { checkSessionRights } from '../authz/session-rights.ts';
import { Denied } from '../authz/denial.ts';
import { check } from '../model/check.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import { Exchange } from './exchange.ts';
import type { HttpRequest } from './http-request.ts';
import { authorizeOn, openContext } from './operation-context.ts';
import type { Plane } from './plane.ts';
import { isReadOnly } from './read-only.ts';
import { HttpRequestFacts } from './request-facts.ts';

/** Where what a door asks for counts as asked. */
const region = 'us-east-1';

/** `action` is `iam:ChangePassword`; `request` is what the person sent to the door. Rejects with ApiError. */
export async function callAs(plane: Plane, request: HttpRequest, caller: IdentifiedCaller, action: string, given: Readonly<Record<string, unknown>>): Promise<unknown> {
  const [serviceName = '', operationName = ''] = action.split(':');
  const routed = plane.services.get(serviceName);
  const served = routed?.served ?? (await routed?.load());
  const operation = served?.model.operations.get(operationName);
  const definition = served?.definition.operations.get(operationName);
  if (!operation || !definition) throw new Error(`${action} is no operation that is built`);
  // Checked against the model below, before anything reads it.
  const input = given as StructureValue;
  const exchange = new Exchange(request);
  Object.assign(exchange, { serviceName, operation, region, caller, input });
  let status = 200;
  try {
    checkSessionRights(caller, serviceName, operationName);
    const refusal = check(operation, input);
    if (refusal) throw refusal;
    if (!isReadOnly(operation)) plane.audit.assertWritable();
    const others = definition.accounts?.(input, plane.store.partition, raise) ?? [];
    for (const account of [...others, caller.account]) if (!plane.store.loaded(account)) await plane.store.account(account);
    const asked = { action, definition, caller, account: caller.account, input, facts: new HttpRequestFacts(request, region), others };
    const context = openContext(plane, exchange, asked);
    authorizeOn(plane, asked, context, context.view);
    exchange.decision = 'allowed';
    const output = await definition.run(input, context);
    // The output's type was checked against the model where the operation was defined.
    exchange.output = output as StructureValue | undefined;
    return output;
  } catch (thrown) {
    const isOurs = !(thrown instanceof ApiError);
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') exchange.decision = 'denied';
    if (thrown instanceof Denied) exchange.authorizationId = plane.denials.record(thrown, { requestId: request.requestId, operation: action, message: thrown.message }, request.receivedAt).id;
    status = isOurs ? 500 : 400;
    exchange.error = isOurs ? { code: 'InternalFailure', message: 'The request processing has failed because of an unknown error, exception or failure.', cause: thrown } : { code: thrown.name, message: thrown.message, cause: thrown.cause };
    throw thrown;
  } finally {
    plane.audit.record(exchange);
    plane.log(exchange, status);
  }
}
