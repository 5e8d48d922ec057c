/** A request as a file states it: only what a request has, so that a misspelt key is not one that is silently left out. */
import type { RequestInput } from '../policy/library.ts';
import { UsageError } from './option.ts';

export const requestKeys = ['action', 'resource', 'resourceAccount', 'principal', 'context'] as const;

/** Checks the names; the values are the library's to check. */
export function statedRequest(stated: Readonly<Record<string, unknown>>, where: string): RequestInput {
  const unknown = Object.keys(stated).find((key) => !(requestKeys as readonly string[]).includes(key));
  if (unknown !== undefined) throw new UsageError(`${where}: a request has no ${unknown}; it has ${requestKeys.join(', ')}`);
  // Each value is checked when the request is decided.
  return stated as unknown as RequestInput;
}
