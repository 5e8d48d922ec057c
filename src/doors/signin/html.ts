/** HTML in which whatever is put in is text: names and tags may hold what they like. */
import { createHash } from 'node:crypto';
import type { DoorAnswer } from './request.ts';

/** Markup that was written here. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | readonly Html[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

/** A template: its own text is markup, what is put in is not, unless it was made by a template. Attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!;
  for (const [i, part] of parts.entries()) text += written(part) + strings[i + 1]!;
  return new Html(text);
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(({ text }) => text).join('') : escape(String(part));
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0;display:grid;place-items:center;min-height:100vh}
main{box-sizing:border-box;width:min(30rem,100%);padding:1.5rem}h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit;border:1px solid GrayText;border-radius:.25rem}
button{margin-top:1rem;padding:.5rem 1rem;font:inherit;border:1px solid;border-radius:.25rem;cursor:pointer}.error{padding:.75rem;border:2px solid #c00;border-radius:.25rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dd{margin:0;overflow-wrap:anywhere}code{font-size:1.1em;overflow-wrap:anywhere;user-select:all}:focus-visible{outline:3px solid #06c;outline-offset:2px}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Where a browser finds the picture for its tab; without it, it would ask for one at the root. */
const iconPath = '/_gatehouse/icon.svg';

/** Where the one script is. */
export const scriptPath = '/_gatehouse/signin/passkey.js';

/** A page: no framing, forms only to us and to where `formTargets` says, and no script but, where it asks for a passkey, the one that is a file of ours. */
export function page(title: string, body: Html, { status = 200, formTargets = [], hasScript = false }: { readonly status?: number; readonly formTargets?: readonly string[]; readonly hasScript?: boolean } = {}): DoorAnswer {
  const { text } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Gatehouse</title><link rel="icon" href="${iconPath}"><style>${new Html(style)}</style>${hasScript ? html`<script src="${scriptPath}" defer></script>` : undefined}</head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`;
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; img-src 'self'; ${hasScript ? "script-src 'self'; " : ''}style-src 'sha256-${styleHash}'; form-action ${["'self'", ...formTargets].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    },
    body: text,
  };
}
