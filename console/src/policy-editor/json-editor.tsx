/** A policy as JSON: CodeMirror, with what is wrong underlined where it stands. It lives in a shadow root, because there its styles are adopted and not inline, which the content security policy would stop. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useIsDark } from '../is-dark.ts';
import type { PolicyFinding } from './policy-findings.ts';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: ((text: string) => void) | undefined;
  readonly findings: readonly PolicyFinding[];
  /** What a screen reader calls it. */
  readonly label: string;
  /** Where to put the cursor: a new object each time somebody asks. */
  readonly goTo: { readonly offset: number } | undefined;
}

export function JsonEditor({ value, onChange, findings, label, goTo }: JsonEditorProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  useEffect(() => { changed.current = onChange; }, [onChange]);
  const told = useRef<string[]>([]);
  const isDark = useIsDark();
  const isReadOnly = onChange === undefined;
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root, parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), indentUnit.of('    '), json(), highlightActiveLine(), EditorView.lineWrapping,
          // Tab goes on to the next control, as everywhere.
          keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap]),
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', ...(isReadOnly && { 'aria-readonly': 'true' }) }),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            if (!docChanged || transactions.some((transaction) => transaction.annotation(fromOutside))) return;
            const text = state.doc.toString();
            told.current.push(text);
            changed.current?.(text);
          }),
          look.of(looks[isDark ? 'dark' : 'light']),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // What changes later is brought in by the effects below.
  }, [label, isReadOnly]);
  useEffect(() => {
    const editor = view.current!;
    // A text that was typed comes back when the caller renders; by then more may have been typed, which must stay.
    const at = told.current.lastIndexOf(value);
    told.current = at < 0 ? [] : told.current.slice(at + 1);
    if (at >= 0) return;
    const text = editor.state.doc.toString();
    if (text !== value) editor.dispatch({ changes: { from: 0, to: text.length, insert: value }, annotations: fromOutside.of(true) });
  }, [value]);
  useEffect(() => {
    const { state } = view.current!;
    // They are of a text that may have changed since.
    const within = (offset: number): number => Math.min(offset, state.doc.length);
    view.current!.dispatch(setDiagnostics(state, findings.map(({ start, end, type, message }): Diagnostic => ({ from: within(start), to: within(end), severity: severities[type], message }))));
  }, [findings, value]);
  useEffect(() => view.current!.dispatch({ effects: look.reconfigure(looks[isDark ? 'dark' : 'light']) }), [isDark]);
  useEffect(() => {
    if (!goTo) return;
    const editor = view.current!;
    const anchor = Math.min(goTo.offset, editor.state.doc.length);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    editor.focus();
  }, [goTo]);
  return <div ref={host} data-policy-json="" />;
}

const look = new Compartment();

/** Of a change that the caller made, not the person. */
const fromOutside = Annotation.define<true>();

const severities: Readonly<Record<PolicyFinding['type'], Diagnostic['severity']>> = { ERROR: 'error', SECURITY_WARNING: 'warning', WARNING: 'warning', SUGGESTION: 'info' };

interface Colors { readonly back: string; readonly text: string; readonly quiet: string; readonly line: string; readonly selection: string; readonly border: string; readonly name: string; readonly string: string; readonly value: string; readonly error: string; readonly warning: string; readonly info: string }

/** Each text on its background has a contrast of 4.5 or more. Source: WCAG 2.2, success criterion 1.4.3. */
const colors: Readonly<Record<'light' | 'dark', Colors>> = {
  light: { back: '#ffffff', text: '#0f141a', quiet: '#5f6b7a', line: '#f3f5f9', selection: '#cfe3ff', border: '#8c8c94', name: '#00307a', string: '#08600f', value: '#7a1fa2', error: '#c8001f', warning: '#855900', info: '#006ce0' },
  dark: { back: '#161d26', text: '#ebebf0', quiet: '#a4a4ad', line: '#1f2833', selection: '#24476b', border: '#656871', name: '#8cc8ff', string: '#9be59b', value: '#e0b5ff', error: '#ff8a80', warning: '#ffd166', info: '#75cfff' },
};

function lookOf(isDark: boolean): Extension {
  const { back, text, quiet, line, selection, border, name, string, value, error, warning, info } = colors[isDark ? 'dark' : 'light'];
  const underlined = (color: string) => ({ backgroundImage: 'none', textDecoration: `underline wavy ${color}`, textUnderlineOffset: '3px' });
  return [
    EditorView.theme({
      '&': { color: text, backgroundColor: back, border: `1px solid ${border}`, borderRadius: '8px', fontSize: '14px' },
      '&.cm-focused': { outline: `2px solid ${info}`, outlineOffset: '2px' },
      '.cm-scroller': { minHeight: '12em', maxHeight: '60vh', overflow: 'auto', fontFamily: 'Monaco, Menlo, Consolas, "Courier Prime", Courier, "Courier New", monospace' },
      '.cm-content': { caretColor: text },
      '.cm-cursor': { borderLeftColor: text },
      '.cm-gutters': { color: quiet, backgroundColor: back, borderRight: `1px solid ${line}`, borderRadius: '8px 0 0 8px' },
      '.cm-activeLine': { backgroundColor: line },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: selection },
      '.cm-lintRange-error': underlined(error),
      '.cm-lintRange-warning': underlined(warning),
      '.cm-lintRange-info': underlined(info),
      '.cm-tooltip': { color: text, backgroundColor: back, border: `1px solid ${border}`, borderRadius: '4px', maxWidth: '36em' },
    }, { dark: isDark }),
    syntaxHighlighting(HighlightStyle.define([{ tag: tags.propertyName, color: name }, { tag: tags.string, color: string }, { tag: [tags.number, tags.bool, tags.null], color: value }])),
  ];
}

const looks = { light: lookOf(false), dark: lookOf(true) };
