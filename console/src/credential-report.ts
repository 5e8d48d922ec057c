/** The credential report as rows: who has which passwords, keys and devices. Source: "Generating credential reports" (IAM User Guide). */
import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';

/** A line by its columns' names, `password_enabled`. */
export type ReportRow = Readonly<Record<string, string>>;

export interface CredentialReport { readonly generatedAt: Date; readonly text: string; readonly rows: readonly ReportRow[] }

/** The newest report, made now where there is none that is younger than four hours. */
export async function readCredentialReport(iam: IAMClient, abortSignal: AbortSignal): Promise<CredentialReport> {
  await iam.send(new GenerateCredentialReportCommand({}), { abortSignal });
  const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}), { abortSignal });
  const text = new TextDecoder().decode(Content);
  return { generatedAt: GeneratedTime ?? new Date(), text, rows: rowsOf(text) };
}

export function rowsOf(text: string): readonly ReportRow[] {
  const [heading = '', ...lines] = text.split(/\r?\n/);
  const columns = cellsOf(heading);
  return lines.filter((line) => line !== '').map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [columns[i] ?? '', cell])));
}

/** A name with a comma stands in quotation marks; no name has any of its own. */
const cellsOf = (line: string): readonly string[] => line.match(/(?<=^|,)(?:"[^"]*"|[^,]*)(?=,|$)/g)?.map((cell) => cell.replaceAll('"', '')) ?? [];

/** What stands for root among the users. */
export const rootRow = '<root_account>';

export const isTrue = (cell: string | undefined): boolean => cell?.toLowerCase() === 'true';

/** A time in the report; undefined for `N/A`, `no_information` and the like. */
export function timeIn(cell: string | undefined): Date | undefined {
  const at = Date.parse(cell ?? '');
  return Number.isNaN(at) ? undefined : new Date(at);
}
