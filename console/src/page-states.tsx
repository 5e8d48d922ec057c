/** What stands in a page's place: while it loads, when it broke, where there is none. */
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Spinner from '@cloudscape-design/components/spinner';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import { problemOf } from './problem.ts';
import { follow, href } from './router.ts';

export const PageLoading = (): ReactNode => <Box padding="l"><Spinner size="large" /></Box>;

export const PageMissing = (): ReactNode => (
  <ContentLayout header={<Header variant="h1">There is no such page</Header>}><Link href={href('')} onFollow={follow}>To the dashboard</Link></ContentLayout>
);

/** A page that throws while it is shown takes itself down only; so does one whose file is gone because a newer console was installed. */
export class PageFailed extends Component<{ readonly children: ReactNode }, { readonly thrown: unknown }> {
  override state: { readonly thrown: unknown } = { thrown: undefined };

  static getDerivedStateFromError(thrown: unknown): { readonly thrown: unknown } {
    return { thrown };
  }

  override render(): ReactNode {
    const { thrown } = this.state;
    return thrown === undefined ? this.props.children : <ProblemAlert problem={{ ...problemOf(thrown), kind: 'failed' }} what="this page" onRetry={() => location.reload()} />;
  }
}
