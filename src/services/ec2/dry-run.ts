/** DryRun: whoever may do it is told so, once everything was asked for and before anything is done. Source: "Common query parameters", "Common client error codes" (EC2 API Reference). */
import { ApiError } from '../../base/api-error.ts';

interface Runnable { readonly run: (input: never, context: never) => unknown }

/** The same operations, none of which is run for a request that only asks whether it might be. */
export function dryRunnable<const Defined extends Readonly<Record<string, Runnable>>>(operations: Defined): Defined {
  // What is wrapped is what it was, to whoever calls it.
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, { ...operation, run: (input: { readonly DryRun?: boolean | undefined }, context: unknown) => {
    if (input.DryRun === true) throw new ApiError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.');
    return operation.run(input as never, context as never);
  } }])) as unknown as Defined;
}
