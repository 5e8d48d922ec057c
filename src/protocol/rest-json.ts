/** The wire of Roles Anywhere and IoT: operations by method and path, members in path, query, headers and body, bodies in JSON. Source: Smithy, "AWS restJson1 protocol". */
import { ApiError } from '../base/api-error.ts';
import { jsonErrorOf } from './json-errors.ts';
import type { Protocol } from './protocol.ts';
import { readRestInput } from './rest-input.ts';
import { writeRestOutput } from './rest-output.ts';
import { parametersOf } from './rest-parameters.ts';
import { routeOf, routeTable } from './rest-route.ts';

export const restJson: Protocol = {
  operationName(request, service) {
    const route = routeOf(routeTable(service), { method: request.method, path: request.path, parameters: parametersOf(request), header: (name) => request.header(name) });
    return 'operation' in route ? route.operation.name : undefined;
  },

  unknownOperation: () => new ApiError('UnknownOperationException', ''),

  readInput: (operation, request) => readRestInput(operation, request),

  writeOutput: (operation, output) => writeRestOutput(operation, output),

  writeError(service, error, message) {
    const { code, status } = jsonErrorOf(error, service?.errors.has(error.code) ?? false, 'restJson');
    return { status, contentType: 'application/json', headers: { 'x-amzn-ErrorType': code }, body: JSON.stringify({ message }) };
  },
};
