/** What a check of a policy finds, by the names and in the words of AWS. Source: "IAM policy validation check reference" (IAM User Guide), ValidatePolicyFinding (IAM Access Analyzer API Reference). */
import type { Position } from '../explain/explanation.ts';

/** `ERROR`: a part of the policy does nothing; `SECURITY_WARNING`: it allows more than it should; `WARNING`, `SUGGESTION`: it could be written better. */
export type LintType = 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION';

/** Every check by its issue code, and how grave it is. */
export const lintTypes = {
  // Ours: AWS refuses such a policy when it is stored, and its check reports each syntax error by itself.
  POLICY_IS_REFUSED: 'ERROR',
  INVALID_ACTION: 'ERROR',
  INVALID_SERVICE_IN_ACTION: 'ERROR',
  MISSING_ARN_FIELD: 'ERROR',
  INVALID_ARN_RESOURCE: 'ERROR',
  INVALID_CONDITION_KEY_FORMAT: 'ERROR',
  INVALID_GLOBAL_CONDITION_KEY: 'ERROR',
  INVALID_SERVICE: 'ERROR',
  INVALID_SERVICE_CONDITION_KEY: 'ERROR',
  MISSING_TAG_KEY_IN_CONDITION: 'ERROR',
  MISSING_QUALIFIER: 'ERROR',
  VARIABLE_UNSUPPORTED_IN_VERSION: 'ERROR',
  ALLOW_WITH_NOT_PRINCIPAL: 'SECURITY_WARNING',
  DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: 'SECURITY_WARNING',
  FORALLVALUES_WITH_SINGLE_VALUED_KEY: 'SECURITY_WARNING',
  PASS_ROLE_WITH_NOT_RESOURCE: 'SECURITY_WARNING',
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: 'SECURITY_WARNING',
  PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE: 'SECURITY_WARNING',
  PASS_ROLE_WITH_STAR_IN_RESOURCE: 'SECURITY_WARNING',
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE: 'SECURITY_WARNING',
  PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: 'SECURITY_WARNING',
  CREATE_SLR_WITH_NOT_RESOURCE: 'WARNING',
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: 'WARNING',
  CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE: 'WARNING',
  CREATE_SLR_WITH_STAR_IN_RESOURCE: 'WARNING',
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE: 'WARNING',
  CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: 'WARNING',
  MISSING_VERSION: 'WARNING',
  // Ours: AWS's check does not look at it. What it lists of actions and resources is not always whole, so it is no error; nor is the next, which is one with AWS for the keys that it looks at.
  RESOURCE_DOES_NOT_FIT_ACTION: 'WARNING',
  UNSUPPORTED_ACTION_FOR_CONDITION_KEY: 'WARNING',
  TYPE_MISMATCH: 'WARNING',
  WILDCARD_WITHOUT_LIKE_OPERATOR: 'WARNING',
  POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA: 'WARNING',
  ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: 'SUGGESTION',
  EMPTY_OBJECT_CONDITION: 'SUGGESTION',
  EMPTY_ARRAY_CONDITION: 'SUGGESTION',
  EMPTY_SID_VALUE: 'SUGGESTION',
  REDUNDANT_ACTION: 'SUGGESTION',
  REDUNDANT_RESOURCE: 'SUGGESTION',
  REDUNDANT_STATEMENT: 'SUGGESTION',
  WILDCARD_IN_SERVICE_NAME: 'SUGGESTION',
} as const satisfies Readonly<Record<string, LintType>>;

export type LintCode = keyof typeof lintTypes;

export interface LintFinding {
  readonly type: LintType;
  readonly code: LintCode;
  readonly message: string;
  /** Where in the document: `['Statement', 0, 'Action', 1]`; empty for the whole of it. */
  readonly path: readonly (string | number)[];
  /** Where in its text. */
  readonly position: Position;
}
