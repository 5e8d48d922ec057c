/** What would have allowed a request: the smallest change of the policies, or another request. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Explanation, RemedyStep } from '../../../../src/policy/explain/explanation.ts';
import { conditionsAway, stepText, wishLine } from '../../../../src/policy/explain/text.ts';

export function Remedy({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const { remedy } = explanation;
  const near = conditionsAway(explanation);
  return (
    <Container header={<Header variant="h2" description={remedy ? 'The smallest change, proven by deciding again. Whether it should be made is for you to judge.' : undefined}>What would allow exactly this</Header>}>
      <SpaceBetween size="m">
        {remedy ? [...remedy.entries()].map(([place, step]) => <Step key={place} number={place + 1} step={step} />) : <Box>No change of these policies was found that would allow it.</Box>}
        {near.length === 0 ? undefined : (
          <div>
            <Box variant="h4">Or, with the policies as they are, a request that meets the conditions</Box>
            {near.map(({ name, statement: { index, sid, conditions } }) => (
              <div key={`${name} ${index}`}>
                Statement {index + 1}{sid === undefined || sid === '' ? '' : ` “${sid}”`} of {name} wants
                <ul>{conditions.filter(({ matches }) => !matches).map((condition) => <li key={`${condition.operator} ${condition.key}`}>{wishLine(condition).trim()}</li>)}</ul>
              </div>
            ))}
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Step({ number, step }: { readonly number: number; readonly step: RemedyStep }): ReactNode {
  const text = step.step === 'add' ? JSON.stringify(step.statement, null, 4) : undefined;
  return (
    <div>
      <Box>{number}. {stepText(step)}</Box>
      {text === undefined ? undefined : <><Box variant="pre">{text}</Box><CopyToClipboard copyButtonText="Copy the statement" textToCopy={text} copySuccessText="Copied" copyErrorText="Not copied" /></>}
    </div>
  );
}
