/** Tags as the header `x-amz-tagging` has them: in the form of a query string. Source: PutObject (S3 API Reference). */
import { ApiError } from '../../base/api-error.ts';
import { checkedTags, tagsPerObjectMax } from './tags.ts';
import type { Tag } from './tags.ts';

/** Raises InvalidArgument or InvalidTag. */
export function taggingOf(header: string): readonly Tag[] {
  const tags = header.split('&').filter((part) => part !== '').map((part) => {
    const [key = '', value = ''] = part.split('=', 2);
    return { Key: decoded(key), Value: decoded(value) };
  });
  return checkedTags(tags, tagsPerObjectMax);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new ApiError('InvalidArgument', 'The header \'x-amz-tagging\' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.', { details: { ArgumentName: 'x-amz-tagging' } });
  }
}
