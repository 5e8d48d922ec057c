/** Decides once, before anything else, which service and which operation a request is for. */
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { protocols } from '../protocol/protocols.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Operation } from '../model/service.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';
import type { HttpRequest } from './http-request.ts';
import type { ServedService } from './plane.ts';

export type Services = ReadonlyMap<string, ServedService>;

/**
 * The service that a request is for: what its host names, else what its signature was scoped to, else, unsigned, what its Action and Version
 * say. Where host and scope both speak they must agree, which the signature's check enforces: the host's service is the one it is held to.
 */
export function serviceOf(request: HttpRequest, claim: SignatureClaim | undefined, services: Services): ServedService | undefined {
  const named = hostService(request, services);
  if (named) return named;
  if (claim) {
    for (const served of services.values()) if (served.model.signingName === claim.service) return served;
    return undefined;
  }
  for (const served of services.values()) {
    const name = protocolOf(served).operationName(request, served.model);
    if (name !== undefined && served.model.operations.has(name)) return served;
  }
  return undefined;
}

/** `iam.amazonaws.com`, `sts.eu-west-1.example.net`, `iam.localhost`: the first of several labels names a service. Never our own: `gatehouse.example.net` is where all of them are. */
function hostService(request: HttpRequest, services: Services): ServedService | undefined {
  const host = request.header('host');
  if (host === undefined) return undefined;
  const dot = host.indexOf('.');
  const label = dot > 0 ? host.slice(0, dot).toLowerCase() : '';
  return label === 'gatehouse' ? undefined : services.get(label);
}

export function protocolOf(served: ServedService): Protocol {
  const protocol = protocols[served.model.protocol];
  // INVARIANT: main.ts serves no service whose wire is not built.
  if (!protocol) throw new Error(`${served.model.name}: the ${served.model.protocol} protocol is not built`);
  return protocol;
}

/** The operation that the request names, from the model. */
export function operationOf(request: HttpRequest, served: ServedService, endpoint?: AwsEndpoint): Operation {
  const protocol = protocolOf(served);
  const name = protocol.operationName(request, served.model);
  const operation = name === undefined ? undefined : served.model.operations.get(name);
  // GUESS: an endpoint that does not serve an operation does not know it.
  if (!operation || endpoint?.serves(operation.name) === false) throw protocol.unknownOperation(request);
  return operation;
}
