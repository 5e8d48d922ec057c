/** A field whose value is the text of a file that the person chooses. */
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import type { ReactNode } from 'react';

/** As long as SAML metadata may be. Source: "CreateSAMLProvider", SAMLMetadataDocument (IAM API Reference). */
const bytesMax = 10_000_000;

interface TextFileProps { readonly label: string; readonly constraintText: string; readonly accept: string; readonly errorText: string | undefined; /** Given the empty text when the file is taken away or cannot be read. */ readonly onChange: (text: string) => void }

export function TextFile({ label, constraintText, accept, errorText, onChange }: TextFileProps): ReactNode {
  const [files, setFiles] = useState<File[]>([]);
  const [problem, setProblem] = useState<string>();
  const choose = async (chosen: File[]): Promise<void> => {
    setFiles(chosen);
    const [file] = chosen;
    const isTooLong = file !== undefined && file.size > bytesMax;
    setProblem(isTooLong ? 'The file is too long.' : undefined);
    onChange(file === undefined || isTooLong ? '' : await file.text());
  };
  return (
    <FormField label={label} constraintText={constraintText} errorText={problem ?? errorText}>
      <FileUpload
        value={files} accept={accept} onChange={({ detail }) => void choose(detail.value)} ariaRequired showFileSize
        i18nStrings={{ uploadButtonText: () => 'Choose file', dropzoneText: () => 'Drop the file here', removeFileAriaLabel: () => 'Remove the file', limitShowFewer: 'Show fewer', limitShowMore: 'Show more', errorIconAriaLabel: 'Error' }}
      />
    </FormField>
  );
}
