/** What a simulation found: a line for each action and resource, with what decided it. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { EvaluationResult, PolicyEvaluationDecisionType, Statement } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';

export interface Outcome {
  readonly action: string;
  readonly resource: string;
  readonly decision: PolicyEvaluationDecisionType;
  readonly statements: readonly Statement[];
  readonly missing: readonly string[];
  /** What else had a say and did not let it: boundary, organization. */
  readonly limits: readonly string[];
  /** By kind of policy, where more than one was asked. */
  readonly details: Readonly<Record<string, PolicyEvaluationDecisionType>>;
}

/** A line for each resource of each action; what was found for all of them where there is but one. */
export function outcomesOf(results: readonly EvaluationResult[]): readonly Outcome[] {
  return results.flatMap((result): readonly Outcome[] => {
    const { EvalActionName: action = '', EvalResourceName = '*', EvalDecision = 'implicitDeny', MatchedStatements = [], MissingContextValues = [], OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail, EvalDecisionDetails = {}, ResourceSpecificResults = [] } = result;
    const organization = OrganizationsDecisionDetail?.AllowedByOrganizations === false ? ['the organization’s policies'] : [];
    const boundary = (detail: { readonly AllowedByPermissionsBoundary?: boolean | undefined } | undefined): readonly string[] => (detail?.AllowedByPermissionsBoundary === false ? ['the permissions boundary'] : []);
    if (ResourceSpecificResults.length === 0) return [{ action, resource: EvalResourceName, decision: EvalDecision, statements: MatchedStatements, missing: MissingContextValues, limits: [...organization, ...boundary(PermissionsBoundaryDecisionDetail)], details: EvalDecisionDetails }];
    return ResourceSpecificResults.map((one) => ({
      action, resource: one.EvalResourceName ?? EvalResourceName, decision: one.EvalResourceDecision ?? EvalDecision, statements: one.MatchedStatements ?? [], missing: one.MissingContextValues ?? [],
      limits: [...organization, ...boundary(one.PermissionsBoundaryDecisionDetail ?? PermissionsBoundaryDecisionDetail)], details: one.EvalDecisionDetails ?? {},
    }));
  });
}

const decisions: Readonly<Record<PolicyEvaluationDecisionType, { readonly text: string; readonly status: 'success' | 'error' | 'stopped' }>> = {
  allowed: { text: 'Allowed', status: 'success' },
  explicitDeny: { text: 'Denied explicitly', status: 'error' },
  implicitDeny: { text: 'Denied: nothing allows it', status: 'stopped' },
};

export function Results({ outcomes, isBusy, onAgain }: { readonly outcomes: readonly Outcome[]; readonly isBusy: boolean; readonly onAgain: () => void }): ReactNode {
  return (
    <List
      list={{ items: outcomes, isComplete: !isBusy, problem: undefined, refresh: onAgain }} variant="container" title="Results" noun="result" columns={columns} keyOf={({ action, resource }) => `${action} on ${resource}`}
      description={`${outcomes.filter(({ decision }) => decision === 'allowed').length} of ${outcomes.length} allowed.`}
    />
  );
}

const columns: readonly Column<Outcome>[] = [
  { id: 'action', header: 'Action', cell: ({ action }) => action, value: ({ action }) => action, width: 200 },
  { id: 'resource', header: 'Resource', cell: ({ resource }) => resource, value: ({ resource }) => resource, width: 220 },
  { id: 'decision', header: 'Decision', cell: ({ decision }) => <StatusIndicator type={decisions[decision].status}>{decisions[decision].text}</StatusIndicator>, value: ({ decision }) => decisions[decision].text, width: 240 },
  { id: 'reason', header: 'Reason', cell: (outcome) => <Reason outcome={outcome} />, value: ({ statements }) => statements.map(nameOf).join(' '), width: 380 },
];

const nameOf = ({ SourcePolicyId = '', SourcePolicyType = 'none', StartPosition }: Statement): string => `${SourcePolicyId} (${SourcePolicyType}), statement at line ${StartPosition?.Line ?? 1}`;

function Reason({ outcome: { decision, statements, missing, limits, details } }: { readonly outcome: Outcome }): ReactNode {
  const sides = Object.entries(details);
  return (
    <SpaceBetween size="xxs">
      {statements.map((statement) => <div key={`${nameOf(statement)} ${statement.StartPosition?.Column ?? 0}`}>{nameOf(statement)}</div>)}
      {statements.length === 0 && decision === 'implicitDeny' ? <Box color="text-body-secondary">No statement matches.</Box> : undefined}
      {limits.map((limit) => <StatusIndicator key={limit} type="warning">Not allowed by {limit}</StatusIndicator>)}
      {sides.length > 1 ? <Box color="text-body-secondary" fontSize="body-s">{sides.map(([side, one]) => `${side}: ${decisions[one].text.toLowerCase()}`).join('; ')}</Box> : undefined}
      {missing.length > 0 ? <Box color="text-status-warning">Keys without a value: {missing.join(', ')}</Box> : undefined}
    </SpaceBetween>
  );
}
