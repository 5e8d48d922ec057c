/** The policies that AWS manages: real documents, the same in every account, read from one data file when first asked for. */
import { closeSync, openSync, readSync } from 'node:fs';
import * as arn from '../base/arn.ts';
import type { Timestamp } from '../base/clock.ts';
import type { PolicyVersionDoc } from './tables.ts';

/** One AWS-managed policy. It is the same object each time it is asked for, and so is its `version`: what is compiled from it can hang on either. */
export interface AwsManagedPolicy {
  /** Made from the ARN, always the same: AWS's own ids of these policies are not in the source. */
  readonly PolicyId: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly DefaultVersionId: string;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  /** The default version, the only one that is kept. Its document is read from the file at the first look. */
  readonly version: PolicyVersionDoc;
}

export interface AwsManagedPolicies {
  /** Undefined for an ARN that is not of an AWS-managed policy; one of another account is told apart without reading anything. */
  find(policyArn: string): AwsManagedPolicy | undefined;
  /** Every policy, in order of name, letter case apart. */
  all(): readonly AwsManagedPolicy[];
}

/** What every ARN of an AWS-managed policy begins with. */
export const awsPolicyArnPrefix = arn.awsPolicy('/', '');

/** A row of the file's index: PolicyName, Path, PolicyId, DefaultVersionId, CreateDate, UpdateDate, the default version's CreateDate, its document's bytes. */
type Row = readonly [name: string, path: string, id: string, versionId: string, created: Timestamp, updated: Timestamp, versionCreated: Timestamp, bytes: number];

/**
 * Opens the data file that scripts/refresh-managed-policies.ts writes. Nothing is read until it is first asked;
 * then the index is, and each document when its policy is first looked at.
 */
export function openAwsManagedPolicies(file: string): AwsManagedPolicies {
  let policies: readonly AwsManagedPolicy[] | undefined;
  let byArn: ReadonlyMap<string, AwsManagedPolicy> | undefined;
  const all = (): readonly AwsManagedPolicy[] => (policies ??= readIndex(file));
  return {
    all,
    find(policyArn) {
      if (!policyArn.startsWith(awsPolicyArnPrefix)) return undefined;
      byArn ??= new Map(all().map((policy) => [policy.Arn, policy]));
      return byArn.get(policyArn);
    },
  };
}

/** What stands between the first line and the index, and between the index and the documents. */
const beforeIndex = '"index":';
const beforeDocuments = ',\n"documents":[\n';
const firstLineBytesMax = 64;

function readIndex(file: string): readonly AwsManagedPolicy[] {
  const start = readText(file, 0, firstLineBytesMax);
  const [firstLine, indexBytes] = /^\{"indexBytes":(\d+),\n/.exec(start) ?? [];
  if (firstLine === undefined || !start.startsWith(beforeIndex, firstLine.length)) throw new Error(`${file}: does not begin as a file of AWS-managed policies does`);
  const indexAt = firstLine.length + beforeIndex.length;
  const indexEnd = indexAt + Number(indexBytes);
  const text = readText(file, indexAt, indexEnd + beforeDocuments.length);
  if (!text.endsWith(`]${beforeDocuments}`)) throw new Error(`${file}: its index does not end where it says`);
  // The script that writes the file writes these columns; a document's own text is the policy engine's to judge.
  const rows = JSON.parse(text.slice(0, -beforeDocuments.length)) as readonly Row[];
  let at = indexEnd + beforeDocuments.length;
  return rows.map((row) => {
    const policy = new Entry(file, row, at);
    at += row[7] + ',\n'.length;
    return policy;
  });
}

class Entry implements AwsManagedPolicy {
  readonly PolicyId: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly DefaultVersionId: string;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly #file: string;
  readonly #row: Row;
  readonly #documentAt: number;
  #version: PolicyVersionDoc | undefined;

  constructor(file: string, row: Row, documentAt: number) {
    [this.PolicyName, this.Path, this.PolicyId, this.DefaultVersionId, this.CreateDate, this.UpdateDate] = row;
    this.Arn = arn.awsPolicy(this.Path, this.PolicyName);
    this.#file = file;
    this.#row = row;
    this.#documentAt = documentAt;
  }

  get version(): PolicyVersionDoc {
    this.#version ??= Object.freeze({ PolicyId: this.PolicyId, VersionId: this.DefaultVersionId, CreateDate: this.#row[6], Document: this.#readDocument() });
    return this.#version;
  }

  /** The text between the line ends round it: anything else there means that the file was replaced under the process (an upgrade), and would be another policy's. */
  #readDocument(): string {
    const [name, , , , , , , bytes] = this.#row;
    const text = readText(this.#file, this.#documentAt - 1, this.#documentAt + bytes + 2);
    const isWhole = text.startsWith('\n{') && /\}(?:,\n|\n\])$/.test(text) && text.indexOf('\n', 1) >= bytes + 1;
    if (!isWhole) throw new Error(`${this.#file}: changed since it was opened; the document of ${name} is not where it was`);
    return text.slice(1, bytes + 1);
  }
}

/** The bytes from `start` to `end`, or as many as there are. The file is ASCII. */
function readText(file: string, start: number, end: number): string {
  const bytes = Buffer.alloc(end - start);
  const descriptor = openSync(file, 'r');
  try {
    let done = 0;
    for (let count = -1; done < bytes.length && count !== 0; done += count) count = readSync(descriptor, bytes, done, bytes.length - done, start + done);
    return bytes.toString('latin1', 0, done);
  } finally {
    closeSync(descriptor);
  }
}
