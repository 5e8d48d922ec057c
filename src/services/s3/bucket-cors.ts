/** The rules of a bucket for cross-origin requests. Source: PutBucketCors (S3 API Reference). */
import type { CORSRule } from '../../../models/s3.ts';
import type { CorsRuleDoc } from '../../store/bucket-doc.ts';
import { changeBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
/** What may stand in a header of the answer. */
const printable = /^[\x21-\x7e]{1,255}$/;

function checkedRule(rule: CORSRule, { error }: S3Run): CorsRuleDoc {
  const { ID, AllowedMethods, AllowedOrigins, AllowedHeaders, ExposeHeaders, MaxAgeSeconds } = rule;
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  for (const method of AllowedMethods) if (!methods.has(method)) throw error('InvalidRequest', `Found unsupported HTTP method in CORS config. Unsupported method is ${method.slice(0, 64)}`);
  for (const origin of AllowedOrigins) if (!printable.test(origin) || origin.split('*').length > 2) throw error('InvalidRequest', `AllowedOrigin "${origin.slice(0, 255)}" can not have more than one wildcard.`);
  for (const header of AllowedHeaders ?? []) if (!printable.test(header) || header.split('*').length > 2) throw error('InvalidRequest', `AllowedHeader "${header.slice(0, 255)}" can not have more than one wildcard.`);
  for (const header of ExposeHeaders ?? []) if (!printable.test(header) || header.includes('*')) throw error('InvalidRequest', `ExposeHeader "${header.slice(0, 255)}" contains wildcard. We currently do not support wildcard for ExposeHeader.`);
  return { ID, AllowedMethods, AllowedOrigins, AllowedHeaders, ExposeHeaders, MaxAgeSeconds };
}

export const bucketCors = {
  GetBucketCors: onBucket('GetBucketCors', (_input, { error }, { bucket }) => {
    if (!bucket.CorsRules) throw error('NoSuchCORSConfiguration', 'The CORS configuration does not exist', { details: { BucketName: bucket.BucketName } });
    return { CORSRules: bucket.CorsRules };
  }),
  PutBucketCors: onBucket('PutBucketCors', (input, context, owned) => {
    const { CORSRules } = input.CORSConfiguration;
    if (CORSRules.length === 0 || CORSRules.length > s3Limits.corsRulesMax) throw context.error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const CorsRules = CORSRules.map((rule) => checkedRule(rule, context));
    return changeBucket(owned, context, (bucket) => ({ ...bucket, CorsRules }));
  }),
  DeleteBucketCors: onBucket('DeleteBucketCors', (_input, context, owned) => changeBucket(owned, context, ({ CorsRules: _, ...bucket }) => bucket)),
};
