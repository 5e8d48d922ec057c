/** How a problem is shown: a denial with its reason and the way to its explanation, a failure with another try. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { hasPage } from './pages.tsx';
import type { Problem } from './problem.ts';
import { follow, href, pathOf } from './router.ts';

const headers: Readonly<Record<Problem['kind'], string>> = { denied: 'Access denied', refused: 'Not done', over: 'Your session has ended', failed: 'Something went wrong' };

/** `what` is said in the heading: `Access denied: users`. */
export function ProblemAlert({ problem, what, onRetry }: { readonly problem: Problem | undefined; readonly what?: string; readonly onRetry?: () => void }): ReactNode {
  if (!problem) return null;
  const header = what === undefined ? headers[problem.kind] : `${headers[problem.kind]}: ${what}`;
  return (
    <Alert type={problem.kind === 'denied' ? 'warning' : 'error'} header={header} action={onRetry && problem.kind !== 'over' ? <Button onClick={onRetry} iconName="refresh">Try again</Button> : undefined}>
      <div data-problem={problem.kind}>{problem.message} <Why problem={problem} /></div>
    </Alert>
  );
}

/** The way to a denial's explanation. */
export function Why({ problem }: { readonly problem: Problem }): ReactNode {
  if (problem.authorizationId === undefined) return null;
  const path = pathOf('why/:authorizationId', { authorizationId: problem.authorizationId });
  return hasPage(path) ? <Link href={href(path)} onFollow={follow} variant="primary" ariaLabel="Why was this denied?">Why?</Link> : null;
}
