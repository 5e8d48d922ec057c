/** What a bucket may be called. Source: "General purpose bucket naming rules" (S3 User Guide). */
const form = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;
const reservedStarts = ['xn--', 'sthree-'];
const reservedEnds = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** First segments of paths that are routes of Gatehouse's own. */
const routes: ReadonlySet<string> = new Set(['_gatehouse', 'health', 'ready', 'metrics', 'latest', 'federation', 'sessions', 'role-aliases']);

export const isBucketName = (name: string): boolean => form.test(name) && !name.includes('..') && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) && !routes.has(name)
  && !reservedStarts.some((start) => name.startsWith(start)) && !reservedEnds.some((end) => name.endsWith(end));
