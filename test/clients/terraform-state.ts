/** What Terraform wrote down of what it has made. Source: the state file, version 4. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terraform } from './terraform.ts';

export interface ManagedResource { readonly address: string; readonly type: string; readonly attributes: Readonly<Record<string, unknown>> }

interface State { readonly outputs: Readonly<Record<string, { readonly value: unknown }>>; readonly resources: readonly StateResource[] }
interface StateResource { readonly mode: 'managed' | 'data'; readonly type: string; readonly name: string; readonly instances: readonly { readonly attributes: ManagedResource['attributes'] }[] }

const stateOf = ({ folder }: Terraform): State => JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8'));

/** The outputs by their names. */
export function outputsOf(terraform: Terraform): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(stateOf(terraform).outputs).map(([name, { value }]) => [name, value]));
}

/** The resources; none of them is of several instances. */
export function resourcesOf(terraform: Terraform): readonly ManagedResource[] {
  return stateOf(terraform).resources.filter(({ mode }) => mode === 'managed').map(({ type, name, instances }) => ({ address: `${type}.${name}`, type, attributes: instances[0]!.attributes }));
}

/** Which types of resources and of data sources there are. */
export function typesOf(terraform: Terraform): Readonly<Record<StateResource['mode'], readonly string[]>> {
  const of = (wanted: StateResource['mode']): readonly string[] => [...new Set(stateOf(terraform).resources.filter(({ mode }) => mode === wanted).map(({ type }) => type))].sort();
  return { managed: of('managed'), data: of('data') };
}
