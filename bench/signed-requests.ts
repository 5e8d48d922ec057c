/** Requests as an AWS SDK sends them, ten headers each (a session's eleven), signed before the clock of a measure runs. */
import type { SignedRequest } from '../src/proof/signed-request.ts';
import { signRequest } from '../test/sign-request.ts';
import type { AccessKey } from './installation.ts';

export interface Call {
  readonly service: 'iam' | 'sts';
  readonly key: AccessKey;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Clients sign each second anew: that many different signatures are replayed, so that none can be answered from a memory of it. */
const seconds = 240;

const versions = { iam: '2010-05-08', sts: '2011-06-15' };

/** As many requests as there are seconds, each signed at its own. */
export function signedCalls({ service, key, parameters }: Call): readonly SignedRequest[] {
  const now = Date.now();
  const body = new URLSearchParams({ ...parameters, Version: versions[service] }).toString();
  return Array.from({ length: seconds }, (_, second) => {
    const headers = {
      'User-Agent': 'aws-sdk-js/3.1169.0 ua/2.1 os/linux lang/js md/nodejs#26.10.0 api/sts#3.1169.0',
      Accept: '*/*',
      'Accept-Encoding': 'gzip, deflate',
      'amz-sdk-invocation-id': `5e1f0c4e-6d0e-4f43-9d7c-${String(second).padStart(12, '0')}`,
      'amz-sdk-request': 'attempt=1; max=3',
    };
    const request = signRequest({ ...key, at: now - second * 1000, service, region: 'us-east-1', body, headers });
    // Ten headers, and of a session the one with its token.
    if (request.rawHeaders.length !== (key.sessionToken === undefined ? 20 : 22)) throw new Error(`a request has ${request.rawHeaders.length / 2} headers`);
    return request;
  });
}

/** The same, as bytes of the wire. */
export function signedRequests(call: Call): readonly Buffer[] {
  return signedCalls(call).map(({ method, target, rawHeaders, body }) => {
    const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}\r\n`] : []));
    return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]);
  });
}
