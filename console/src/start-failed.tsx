/** The page where there is nothing yet that could be shown. */
import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import type { Problem } from './problem.ts';
import { ProblemAlert } from './problem-alert.tsx';

export const StartFailed = ({ problem }: { readonly problem: Problem }): ReactNode => <Box padding="xxl"><ProblemAlert problem={problem} what="console" onRetry={() => location.reload()} /></Box>;
