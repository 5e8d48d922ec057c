/** Versions of objects: what a bucket keeps of them, and what answers say. Source: "How S3 Versioning works" (S3 User Guide). */
import type { BucketDoc } from '../../store/bucket-doc.ts';
import type { Versioning } from './objects/object-store.ts';

export const versioningOf = ({ Versioning }: BucketDoc): Versioning => (Versioning === undefined ? 'off' : Versioning === 'Enabled' ? 'enabled' : 'suspended');

/** The version's id, where the bucket ever had versions. */
export const versionAnswer = ({ versionId }: { readonly versionId: string }, { Versioning }: BucketDoc): { readonly VersionId?: string } => (Versioning === undefined ? {} : { VersionId: versionId });
