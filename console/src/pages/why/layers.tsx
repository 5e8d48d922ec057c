/** The kinds of policies that a request went through, as a path and one by one. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Steps from '@cloudscape-design/components/steps';
import type { ReactNode } from 'react';
import type { Explanation, LayerExplanation, PolicyExplanation } from '../../../../src/policy/explain/explanation.ts';
import { layerWords } from '../../../../src/policy/explain/text.ts';
import { StatementExplained } from './statement.tsx';

const verdicts: Readonly<Record<LayerExplanation['verdict'], { readonly text: string; readonly status: StatusIndicatorProps.Type }>> = {
  allows: { text: 'allows', status: 'success' },
  denies: { text: 'denies', status: 'error' },
  silent: { text: 'does not allow', status: 'stopped' },
};

const titleOf = ({ layer, level }: LayerExplanation): string => `${layerWords[layer].title}${level === undefined ? '' : level === 0 ? ', at the organization’s root' : `, ${level} below the organization’s root`}`;
const keyOf = ({ layer, level = 0 }: LayerExplanation): string => `${layer} ${level}`;

export function LayerPath({ explanation: { layers, layer: decided } }: { readonly explanation: Explanation }): ReactNode {
  return (
    <Steps
      ariaLabel="The kinds of policies that were asked, in order"
      steps={layers.map((layer) => {
        const { text, status } = verdicts[layer.verdict];
        const isDecider = layer.layer === decided;
        return { status: isDecider ? 'error' : status, statusIconAriaLabel: text, header: <><Box variant="span" fontWeight={isDecider ? 'bold' : 'normal'}>{titleOf(layer)}</Box> {text}{isDecider ? ': this decided' : ''}</>, details: <Box color="text-body-secondary" fontSize="body-s">{layerWords[layer.layer].role}</Box> };
      })}
    />
  );
}

export function LayerSections({ explanation: { layers, layer: decided } }: { readonly explanation: Explanation }): ReactNode {
  return (
    <SpaceBetween size="xs">
      {layers.map((layer) => (
        <ExpandableSection key={keyOf(layer)} variant="default" defaultExpanded={layer.layer === decided || layer.verdict === 'denies'} headerText={`${titleOf(layer)}: ${verdicts[layer.verdict].text}`}>
          {layer.policies.length === 0 ? <Box color="text-body-secondary">There are none.</Box> : <SpaceBetween size="m">{[...layer.policies.entries()].map(([place, policy]) => <PolicyExplained key={place} policy={policy} />)}</SpaceBetween>}
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}

/** Of a policy with more statements than this, only those that tell something are shown. */
const shownAllMax = 3;

function PolicyExplained({ policy }: { readonly policy: PolicyExplanation }): ReactNode {
  const { name, arn, statements } = policy;
  const telling = statements.filter(({ matches, isNearMiss, problems }) => matches || isNearMiss || problems.length > 0);
  const shown = statements.length <= shownAllMax ? statements : telling;
  const others = statements.length - shown.length;
  const trouble = troubleOf(policy);
  return (
    <div>
      <Box variant="h4">{name}</Box>
      {arn === undefined ? undefined : <Box color="text-body-secondary" fontSize="body-s">{arn}</Box>}
      {trouble === undefined ? undefined : <StatusIndicator type="warning">{trouble}</StatusIndicator>}
      <SpaceBetween size="s">{shown.map((statement) => <StatementExplained key={statement.index} statement={statement} />)}</SpaceBetween>
      {others > 0 ? <Box color="text-body-secondary">{others} {shown.length > 0 ? 'other ' : ''}{others === 1 ? 'statement does' : 'statements do'} not match.</Box> : undefined}
    </div>
  );
}

function troubleOf({ statements, unreadable, isMissing, isHidden }: PolicyExplanation): string | undefined {
  if (isHidden === true) return 'What it says is not yours to see.';
  if (unreadable !== undefined) return `It cannot be read, so it denies everything: ${unreadable}`;
  if (isMissing) return 'It is not there any more, so it allows nothing.';
  return statements.length === 0 ? 'It has no statements.' : undefined;
}
