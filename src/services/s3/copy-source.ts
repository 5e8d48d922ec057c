/** Where a copy is taken from: the header `x-amz-copy-source`. Source: CopyObject (S3 API Reference). */
import { ApiError } from '../../base/api-error.ts';

export interface CopySource { readonly bucket: string; readonly key: string; readonly versionId: string | undefined }

/** `BUCKET/KEY?versionId=ID`, URL-encoded, with or without a slash before it. Raises InvalidArgument. */
export function copySourceOf(text: string): CopySource {
  // The key may hold a question mark, encoded: only a bare one ends it.
  const mark = text.indexOf('?versionId=');
  const path = decoded(mark < 0 ? text : text.slice(0, mark)).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (path.startsWith('arn:')) throw new ApiError('NotImplemented', 'A copy source that is an ARN is not implemented yet.');
  if (slash <= 0 || slash === path.length - 1) throw invalid(text, 'Invalid copy source object key');
  const versionId = mark < 0 ? undefined : decoded(text.slice(mark + '?versionId='.length));
  if (versionId === '') throw invalid(text, 'Version id cannot be the empty string');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1), versionId };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw invalid(text, 'Invalid copy source encoding.');
  }
}

const invalid = (text: string, message: string): ApiError => new ApiError('InvalidArgument', message, { details: { ArgumentName: 'x-amz-copy-source', ArgumentValue: text.slice(0, 256) } });
