/** Headers that a request says elsewhere: in the fields of a form, or in the query of a presigned link. Held to what node:http holds those to that come as such, since they go out again. */
import { ApiError } from '../base/api-error.ts';
import { parametersOf } from '../protocol/rest-parameters.ts';
import type { HttpRequest } from './http-request.ts';

/** Source: RFC 9110, sections 5.1 and 5.5. */
const nameForm = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const notInValue = /[\x00-\x08\x0a-\x1f\x7f]/;

/** Name and value, each character one byte. Raises InvalidArgument for what no header can be. */
export function saidHeader(name: string, value: string): readonly [name: string, value: string] {
  if (!nameForm.test(name) || notInValue.test(value)) throw new ApiError('InvalidArgument', 'A header that the request states elsewhere than in its head has a name or a value that no header can have.', { details: { ArgumentName: name.slice(0, 128) } });
  return [name, Buffer.from(value, 'utf8').toString('latin1')];
}

/** What proves the request, and what is said of its body, which a link's maker does not know. */
const notInput = /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|checksum-.*|sdk-checksum-algorithm)$/;

/**
 * The request, with the headers that its presigned link has in its query, where SDKs put them that make links (AWS SDK for JavaScript): the
 * signature covers them as it covers all of the query. A header that comes as one goes before. Raises InvalidArgument.
 */
export function withHeadersOfLink(request: HttpRequest): HttpRequest {
  const said: string[] = [];
  for (const [name, value] of parametersOf(request)) {
    const header = name.toLowerCase();
    if (header.startsWith('x-amz-') && !notInput.test(header) && request.header(header) === undefined) said.push(...saidHeader(header, value));
  }
  // The same request in all else.
  return said.length === 0 ? request : Object.create(request, { rawHeaders: { value: [...request.rawHeaders, ...said] } }) as HttpRequest;
}
