/** The body that an object or a part of one is made of. */
import type { StreamedBody } from '../../base/byte-stream.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';

/** The body of a request, with a length that is stated and allowed. */
export function checkedBody(body: StreamedBody | undefined, { error }: Pick<S3Run, 'error'>): StreamedBody {
  if (!body || (body.statedBytes === undefined && body.bytesMax === undefined)) throw error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (body.statedBytes !== undefined && body.statedBytes > s3Limits.objectBytesMax) throw error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { details: { ProposedSize: String(body.statedBytes), MaxSizeAllowed: String(s3Limits.objectBytesMax) } });
  return body;
}
