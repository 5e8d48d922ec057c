/** What an explanation says: every policy that was asked, statement by statement, and the smallest change that would have allowed the request. */
import type { Naming } from '../principal-match.ts';
import type { ContextValue, Decision, PolicyLayer } from '../types.ts';

/** Both count from 1. A column is one UTF-16 unit. */
export interface Position { readonly line: number; readonly column: number }

/** `end` is behind the last character. */
export interface Span { readonly start: Position; readonly end: Position }

/** Where a pattern and a text part: how much of each was used up when nothing matched any more. */
export interface Difference {
  /** As it stands in the document. */
  readonly pattern: string;
  /** Of its first character. */
  readonly position: Position;
  /** The pattern with what its variables stand for in this request; `patternOffset` counts in it. */
  readonly resolved: string;
  readonly patternOffset: number;
  readonly textOffset: number;
  /** The variables that have no value in this request: with one of them the pattern matches nothing. */
  readonly unresolved: readonly string[];
  /** True where what looks like a variable is nothing but text, as it is in policies that do not say Version 2012-10-17. */
  readonly isVariableText: boolean;
}

export type ElementName = 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Principal' | 'NotPrincipal';

/** One element of a statement held against the request. */
export interface ElementExplanation {
  readonly element: ElementName;
  readonly matches: boolean;
  /** What the request has there. */
  readonly seen: string;
  readonly position: Position;
  /** The value that settled it: the one that matched, or, of a Not… element, the one that left the request out. */
  readonly by?: { readonly text: string; readonly position: Position } | undefined;
  /** Of the values that do not match, the one that comes closest. */
  readonly difference?: Difference | undefined;
  /** Of a Not… element that takes the request in: what it names instead, as far as it is short. */
  readonly others?: readonly string[] | undefined;
  /** Of a NotPrincipal that takes the caller in: the names that it would have to hold, all of them, to leave it out; none where nothing does. */
  readonly exemptions?: readonly string[] | undefined;
  /** Of a Principal that matches: what its Allow still needs in the same account (principal-match.ts). */
  readonly naming?: Naming | undefined;
}

/** One operator and key of a Condition held against the request. */
export interface ConditionExplanation {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  /** Undefined when the key is not in the request. */
  readonly seen: ContextValue | undefined;
  readonly matches: boolean;
  /** True where it asks that none of the wanted values be met. */
  readonly isNegated: boolean;
  /** False for an operator or value that means nothing: it can never allow, and a Deny does not depend on it. */
  readonly isUnderstood: boolean;
  readonly position: Position;
  /** The policy variables among the wanted values, and what each stands for in this request. */
  readonly variables: Readonly<Record<string, ContextValue | undefined>>;
}

/** What of a statement does not match. */
export type Miss = 'action' | 'resource' | 'principal' | 'condition';

export interface StatementExplanation {
  /** From 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly span: Span;
  readonly matches: boolean;
  readonly elements: readonly ElementExplanation[];
  readonly conditions: readonly ConditionExplanation[];
  readonly misses: readonly Miss[];
  /** An Allow of which only one thing does not match. */
  readonly isNearMiss: boolean;
  /** What cannot be understood in it. Such an Allow never counts; such a Deny denies. */
  readonly problems: readonly string[];
}

export interface PolicyExplanation {
  readonly name: string;
  readonly arn: string | undefined;
  readonly statements: readonly StatementExplanation[];
  /** Why the text as a whole cannot be read; it then denies everything. */
  readonly unreadable: string | undefined;
  /** True when the policy is named but is not there; it then allows nothing. */
  readonly isMissing: boolean;
  /** True when its statements were taken out, because whoever reads this may not see them. */
  readonly isHidden?: boolean | undefined;
}

export interface LayerExplanation {
  readonly layer: PolicyLayer;
  /** Of SCPs and RCPs, from 0 at the organization's root. */
  readonly level: number | undefined;
  readonly verdict: 'denies' | 'allows' | 'silent';
  readonly policies: readonly PolicyExplanation[];
}

/** What would have to be done, in this order. */
export type RemedyStep =
  | { readonly step: 'remove'; readonly layer: PolicyLayer; readonly level: number | undefined; readonly policy: string; /** Which of the layer's policies, from 0: names may repeat. */ readonly policyIndex: number; /** Undefined for the whole policy, which cannot be read. */ readonly statement: number | undefined; readonly sid: string | undefined }
  | { readonly step: 'add'; readonly layer: PolicyLayer; readonly level: number | undefined; /** The policy to add it to; undefined for a new one. */ readonly policy: string | undefined; readonly statement: Readonly<Record<string, unknown>> };

/** What was asked, as an explanation repeats it. */
export interface ExplainedRequest {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly principal: string;
  readonly principalAccount: string | undefined;
  /** Of a caller that an identity provider vouches for: the condition keys that its claims and the request made, so all that a trust policy could see. */
  readonly keys?: Readonly<Record<string, ContextValue>> | undefined;
}

export interface Explanation {
  readonly request: ExplainedRequest;
  readonly outcome: Decision['outcome'];
  /** The kind of policy that decided; undefined where the decision's work ran out. */
  readonly layer: PolicyLayer | undefined;
  /** In the order in which they are asked. Policies of an organization that do not bind this request are left out. */
  readonly layers: readonly LayerExplanation[];
  /** The smallest change that allows exactly this request, proven by deciding again; undefined where it is allowed, or where no change was found. */
  readonly remedy: readonly RemedyStep[] | undefined;
}
