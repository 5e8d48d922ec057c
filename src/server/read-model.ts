/** Where the models and the authorization reference lie: beside the source in a checkout, beside the compiled program in the package. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openAuthorizationReference } from '../base/authorization-reference.ts';
import type { AuthorizationReference } from '../base/authorization-reference.ts';

/** The parsed model of a service, by its name. */
export function readModel(service: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../models/${service}.json`, import.meta.url), 'utf8'));
}

export const awsManagedPoliciesFile = fileURLToPath(new URL('../../data/aws-managed-policies.json', import.meta.url));

/** What AWS's services list as their actions, resource types and condition keys; read when it is first looked at. */
export const authorizationReference: AuthorizationReference = openAuthorizationReference(() => JSON.parse(readFileSync(new URL('../../data/authorization-reference.json', import.meta.url), 'utf8')));
