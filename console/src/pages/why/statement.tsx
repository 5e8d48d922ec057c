/** A statement held against a request: what of it matched, and where pattern and request part. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { ConditionExplanation, Difference, ElementExplanation, StatementExplanation } from '../../../../src/policy/explain/explanation.ts';
import { namings, partingText } from '../../../../src/policy/explain/text.ts';
import type { ContextValue } from '../../../../src/policy/types.ts';

export function StatementExplained({ statement }: { readonly statement: StatementExplanation }): ReactNode {
  const { index, sid, effect, span, matches, elements, conditions, misses, problems } = statement;
  const outcome = matches ? 'matches' : problems.length > 0 && misses.length === 0 ? 'does not count' : `does not match: ${misses.join(' and ')} ${misses.length === 1 ? 'differs' : 'differ'}`;
  return (
    <SpaceBetween size="xxs">
      <div>
        <Box variant="span" fontWeight="bold">Statement {index + 1}{sid === undefined || sid === '' ? '' : ` “${sid}”`}, {effect}</Box>{' '}
        <StatusIndicator type={matches ? (effect === 'Deny' ? 'error' : 'success') : 'stopped'}>{outcome}</StatusIndicator>{' '}
        <Box variant="span" color="text-body-secondary" fontSize="body-s">line {span.start.line}</Box>
      </div>
      {problems.map((problem) => <StatusIndicator key={problem} type="warning">Cannot be understood: {problem}</StatusIndicator>)}
      {elements.map((element) => <Line key={element.element} name={element.element} matches={element.matches}><ElementExplained element={element} /></Line>)}
      {conditions.map((condition) => <Line key={`${condition.operator} ${condition.key}`} name="Condition" matches={condition.matches}><ConditionExplained condition={condition} /></Line>)}
    </SpaceBetween>
  );
}

const Line = ({ name, matches, children }: { readonly name: string; readonly matches: boolean; readonly children: ReactNode }): ReactNode => (
  <Box padding={{ left: 'l' }}><StatusIndicator type={matches ? 'success' : 'error'} iconAriaLabel={matches ? 'holds' : 'does not hold'}>{name}</StatusIndicator> {children}</Box>
);

function ElementExplained({ element: { element, matches, seen, by, difference, naming, others, exemptions } }: { readonly element: ElementExplanation }): ReactNode {
  if (naming) return namings[naming];
  if (exemptions) return exemptions.length === 0 ? 'takes in everyone who has a permissions boundary' : <>takes the caller in: it leaves out only whom it names as {exemptions.join(', and as ')}</>;
  if (matches) return by ? <>matches by <Box variant="code">{by.text}</Box></> : others ? <><Box variant="code">{seen}</Box> is not {others.join(' or ')}</> : 'matches';
  if (by) return <>leaves it out by <Box variant="code">{by.text}</Box></>;
  if (element === 'Principal' || element === 'NotPrincipal') return <>does not name <Box variant="code">{seen}</Box></>;
  return difference ? <Parting difference={difference} seen={seen} /> : <>does not match <Box variant="code">{seen}</Box></>;
}

/** The wanted and the asked text, each with what was used up when nothing matched any more. */
function Parting({ difference: { pattern, resolved, patternOffset, textOffset, unresolved, isVariableText }, seen }: { readonly difference: Difference; readonly seen: string }): ReactNode {
  return (
    <>
      wants <Split text={resolved} at={patternOffset} />{resolved === pattern ? '' : <>, written <Box variant="code">{pattern}</Box></>}
      <Box padding={{ left: 'xl' }}>
        {unresolved.length > 0 ? <>{unresolved.map((name) => `\${${name}}`).join(', ')} has no value in this request, so this matches nothing.</> : <>asked <Split text={seen} at={textOffset} /> – {partingText(resolved.slice(patternOffset), seen.slice(textOffset))}</>}
        {isVariableText ? <div>{'${…}'} is a variable only in a policy that says “Version”: “2012-10-17”; here it is text.</div> : undefined}
      </Box>
    </>
  );
}

const Split = ({ text, at }: { readonly text: string; readonly at: number }): ReactNode => (
  <Box variant="code">{text.slice(0, at)}<Box variant="span" color="text-status-error" fontWeight="bold">{text.slice(at)}</Box></Box>
);

const shown = (value: ContextValue): string => (typeof value === 'string' ? `“${value}”` : value.length === 0 ? 'no value' : value.map((one) => `“${one}”`).join(', '));

function ConditionExplained({ condition: { operator, key, wanted, seen, matches, isNegated, isUnderstood, variables } }: { readonly condition: ConditionExplanation }): ReactNode {
  return (
    <>
      <Box variant="code">{operator} {key}</Box> wanted {isNegated ? 'other than ' : ''}<Box variant="span" fontWeight="bold">{wanted.length === 0 ? 'nothing' : wanted.map((value) => `“${value}”`).join(' or ')}</Box>;{' '}
      {seen === undefined ? <>the key is not in the request{matches && operator !== 'Null' ? ', which this operator takes for met' : ''}</> : <>the request has <Box variant="span" fontWeight="bold">{shown(seen)}</Box></>}
      {isUnderstood ? '' : '; this condition means nothing, so no Allow counts by it'}
      {Object.entries(variables).map(([name, value]) => <Box key={name} padding={{ left: 'xl' }}>{`\${${name}}`} {value === undefined ? 'has no value in this request' : `is ${shown(value)}`}</Box>)}
    </>
  );
}
