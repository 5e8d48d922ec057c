/** Files that the page itself makes and the person keeps: made in memory, handed to the browser, and forgotten. */

/** A CSV file as AWS's console gives it: a line of headings, and one for each row. Source: RFC 4180. */
export const csvOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, ...rows].map((cells) => cells.map(cellOf).join(',')).join('\r\n').concat('\r\n');

const cellOf = (text: string): string => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export function download(fileName: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
