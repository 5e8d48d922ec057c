/** Where the service models lie: beside the source in a checkout, beside the compiled program in the package. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The parsed model of a service, by its name. */
export function readModel(service: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../models/${service}.json`, import.meta.url), 'utf8'));
}

export const awsManagedPoliciesFile = fileURLToPath(new URL('../../data/aws-managed-policies.json', import.meta.url));
