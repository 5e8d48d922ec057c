/** Runs a table of operations against the permissions they ask for: nothing allowed, all but this, this elsewhere, just this. */
import { test } from 'node:test';
import { assertRefused } from './refusal.ts';
import type { RestrictedCaller } from './restricted-caller.ts';

export interface AskRow {
  readonly action: string;
  /** The ARN that is asked for, or `*`. */
  readonly resource: string;
  /** As a denial prints it; the ARN where it is left out. */
  readonly shownAs?: string;
  send(): Promise<unknown>;
}

/** A row becomes a test: the operation is denied unless exactly this action is allowed on exactly this resource. Rows run in order. */
export function testAsks(rows: readonly AskRow[], callerOf: () => RestrictedCaller): void {
  for (const { action, resource, shownAs = resource, send } of rows) {
    test(`${action} on ${shownAs}`, async () => {
      const caller = callerOf();
      await caller.permit();
      await assertRefused(send(), caller.denied(action, shownAs));
      const elsewhere = resource === '*' ? 'arn:aws:iam::111122223333:*' : `${resource.slice(0, resource.indexOf('/') + 1)}elsewhere/*`;
      await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: elsewhere }, { Effect: 'Allow', NotAction: `iam:${action}`, Resource: '*' });
      await assertRefused(send(), caller.denied(action, shownAs));
      await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource });
      await send();
    });
  }
}
