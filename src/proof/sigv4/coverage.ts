/** What of a request the signature covers: the headers that must be signed, and the scope it was made for. */
import { SignatureRefusal } from './refusal.ts';
import type { SignatureClaim } from './claim.ts';

/** A region's name: one label of a host name. Which regions exist is not for us to say. */
const regionName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export const isRegionName = (region: string): boolean => regionName.test(region);

/** Refuses a credential scope that was made for another service, another day, nowhere, or another region than the one that `region` says is asked. Region before service, all in one message, as STS answers. */
export function checkScope(claim: SignatureClaim, service: string, region?: string): void {
  const wrongRegion = region === undefined ? !regionName.test(claim.region) : claim.region !== region;
  const wrongService = claim.service !== service;
  const wrongTerminator = claim.terminator !== terminator;
  if (wrongRegion || wrongService || wrongTerminator) {
    throw new SignatureRefusal('scope', (wrongRegion ? 'Credential should be scoped to a valid region. ' : '')
      + (wrongService ? `Credential should be scoped to correct service: '${service}'. ` : '')
      + (wrongTerminator ? `Credential should be scoped with a valid terminator: '${terminator}', not '${claim.terminator}'. ` : ''));
  }
  const signedOn = claim.timestamp.slice(0, 8);
  if (claim.date !== signedOn) {
    throw new SignatureRefusal('scope', `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.date}' != '${signedOn}', from '${claim.timestamp}'.`);
  }
}

const terminator = 'aws4_request';

/** Refuses a request with a header that could be changed on the way though something may depend on it: Host, and every `x-amz-…` header. */
export function checkCoverage({ headers, signedHeaders }: SignatureClaim): void {
  if (!signedHeaders.includes('host')) throw new SignatureRefusal('coverage', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (const name of headers.amzNames) {
    // GUESS: worded like the message for Host; AWS's own has not been seen.
    if (!signedHeaders.includes(name)) throw new SignatureRefusal('coverage', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}
