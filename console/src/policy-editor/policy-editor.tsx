/** The policy editor for whoever embeds it: a document in, a document out, and what is wrong with it. What it is made of is loaded when it is shown. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { PolicyKind } from '../../../src/policy/types.ts';
import { PageLoading } from '../page-states.tsx';
import type { PolicyFindings } from './policy-findings.ts';
import type { SizeLimit } from './policy-size.ts';

export interface PolicyEditorProps {
  /** Decides what may stand in it: `identity` also of inline policies, `trust` of roles, `resource` of other resources. */
  readonly kind: PolicyKind;
  /** The policy's JSON text. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Told each time the text was looked through, a moment after it changed. A caller that waits for the server to refuse needs none. */
  readonly onFindings?: (findings: PolicyFindings) => void;
  /** Of an inline policy, which shares its limit with others: `inlineLimits.user`. */
  readonly limit?: SizeLimit;
  /** What it is called: `Policy document`. */
  readonly label?: string;
}

const Body = lazy(async () => ({ default: (await import('./policy-editor-body.tsx')).PolicyEditorBody }));
const View = lazy(async () => ({ default: (await import('./policy-view.tsx')).PolicyViewBody }));

export const PolicyEditor = (props: PolicyEditorProps): ReactNode => <Suspense fallback={<PageLoading />}><Body {...props} /></Suspense>;

/** A policy to be read: its JSON, coloured and folded, and what could be better in it. */
export const PolicyView = (props: { readonly kind: PolicyKind; readonly value: string; readonly label?: string }): ReactNode => <Suspense fallback={<PageLoading />}><View {...props} /></Suspense>;
