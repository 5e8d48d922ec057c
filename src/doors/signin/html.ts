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

/** The console's look: its colours, light and dark, and its shapes. */
const style = `:root{color-scheme:light dark;font:14px/1.5 "Open Sans",system-ui,sans-serif;--text:#0f141a;--page:#fff;--line:#c6c6cd;--field:#72727c;--act:#006ce0;--on-act:#fff;--bad:#db0000;--bad-page:#fff5f5;--quiet:#424650}
@media(prefers-color-scheme:dark){:root{--text:#ebebf0;--page:#161d26;--line:#424650;--field:#8c8c94;--act:#42b4ff;--on-act:#0f141a;--bad:#ff7a7a;--bad-page:#1f0000;--quiet:#c6c6cd}}
body{margin:0;background:var(--page);color:var(--text)}header{background:#0f141a;color:#fff;padding:.75rem 1.5rem;font-size:18px;font-weight:700;display:flex;gap:.75rem;align-items:center}
main{box-sizing:border-box;width:min(30rem,calc(100% - 2rem));margin:3rem auto;padding:1.5rem;border:1px solid var(--line);border-radius:16px}h1{font-size:24px;line-height:30px;margin:0 0 1rem}h2{font-size:18px;margin:1.5rem 0 .5rem}
label{display:block;margin:1rem 0 .25rem;font-weight:700}input{box-sizing:border-box;width:100%;padding:.35rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--field);border-radius:8px}
button{margin-top:1.25rem;padding:.3rem 1.25rem;font:inherit;font-weight:700;border:2px solid var(--act);border-radius:20px;background:var(--act);color:var(--on-act);cursor:pointer}a{color:var(--act)}p{color:var(--quiet)}
.error{padding:.75rem 1rem;border:2px solid var(--bad);border-radius:12px;background:var(--bad-page);color:var(--text)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dd{margin:0;overflow-wrap:anywhere}code{font-size:1.1em;overflow-wrap:anywhere;user-select:all}:focus-visible{outline:2px solid var(--act);outline-offset:2px}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Where a browser finds the picture for its tab; without it, it would ask for one at the root. */
const iconPath = '/_gatehouse/icon.svg';

/** Where the one script is. */
export const scriptPath = '/_gatehouse/signin/passkey.js';

/** A page: no framing, forms only to us and to where `formTargets` says, and no script but, where it asks for a passkey, the one that is a file of ours. */
export function page(title: string, body: Html, { status = 200, formTargets = [], hasScript = false }: { readonly status?: number; readonly formTargets?: readonly string[]; readonly hasScript?: boolean } = {}): DoorAnswer {
  const { text } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Gatehouse</title><link rel="icon" href="${iconPath}"><style>${new Html(style)}</style>${hasScript ? html`<script src="${scriptPath}" defer></script>` : undefined}</head>
<body><header><img src="${iconPath}" alt="" width="28" height="28">Gatehouse</header><main><h1>${title}</h1>
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
