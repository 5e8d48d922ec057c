/** A secret that is shown once: copied, shown, or kept in a file, and gone from the page with the dialog. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { csvOf, download } from '../download.ts';

export interface SecretField { readonly label: string; readonly value: string; readonly isSecret?: boolean }

export interface SecretOnceProps {
  readonly fields: readonly SecretField[];
  /** The file that the person may keep, in the form of AWS's: its headings are the fields' labels. */
  readonly fileName: string;
  readonly warning?: string;
}

export const SecretOnce = ({ fields, fileName, warning = 'This is the only time that the secret is shown. It cannot be brought back; a new one can be made at any time.' }: SecretOnceProps): ReactNode => (
  <SpaceBetween size="m">
    <Alert type="warning">{warning}</Alert>
    <KeyValuePairs columns={1} items={fields.map(({ label, value, isSecret = false }) => ({ label, value: isSecret ? <Secret label={label} value={value} /> : <Copied label={label} value={value} /> }))} />
    <Button iconName="download" onClick={() => download(fileName, csvOf(fields.map(({ label }) => label), [fields.map(({ value }) => value)]))}>Download .csv file</Button>
  </SpaceBetween>
);

const Copied = ({ label, value }: { readonly label: string; readonly value: string }): ReactNode => (
  <CopyToClipboard variant="inline" textToCopy={value} textToDisplay={value} copyButtonAriaLabel={`Copy ${label}`} copySuccessText="Copied" copyErrorText="Not copied" />
);

export function Secret({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  const [isShown, setIsShown] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <CopyToClipboard variant="icon" textToCopy={value} copyButtonAriaLabel={`Copy ${label}`} copySuccessText="Copied" copyErrorText="Not copied" />
      <Box variant="code">{isShown ? value : '•'.repeat(16)}</Box>
      <Button variant="inline-link" ariaLabel={`${isShown ? 'Hide' : 'Show'} ${label}`} onClick={() => setIsShown(!isShown)}>{isShown ? 'Hide' : 'Show'}</Button>
    </SpaceBetween>
  );
}
