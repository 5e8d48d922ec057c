/** The findings of a text that changes: looked for when the person pauses, and never those of a text before. */
import { useEffect, useState } from 'react';
import { askReference } from '../authorization-reference.ts';
import type { PolicyKind } from '../../../src/policy/types.ts';
import { findingsOf, noFindings } from './policy-findings.ts';
import type { PolicyFindings } from './policy-findings.ts';

/** Between the last key and the look, milliseconds. */
const pauseMs = 250;

export function useFindings(text: string, kind: PolicyKind, onFindings?: (findings: PolicyFindings) => void): PolicyFindings {
  const [findings, setFindings] = useState(noFindings);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      askReference((reference) => findingsOf(text, kind, reference)).then((found) => {
        if (!isCurrent) return;
        setFindings(found);
        onFindings?.(found);
      }, () => { if (isCurrent) setFindings({ ...noFindings, state: 'failed' }); });
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // Whoever is told is another function at every rendering.
  }, [text, kind]);
  return findings;
}
