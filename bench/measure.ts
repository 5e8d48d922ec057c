/** What a bench gives: figures held against what must be and what is aimed at, and how they are shown. */
import type { Spread } from './spread.ts';

export interface Figure {
  readonly measure: string;
  /** What was measured, in its own units. */
  readonly figures: string;
  readonly value: Spread;
  readonly unit: '×' | 'MB' | 'B' | 's' | 'µs' | '%';
  readonly bound: 'at least' | 'at most';
  /** Left out where the figure is only told. */
  readonly must?: number | undefined;
  readonly aim?: number;
}

/** One file, one bench. */
export type Bench = () => Promise<readonly Figure[]>;

const round = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(2));

function verdict({ value: { median }, bound }: Figure, limit: number | undefined, unit: string): string {
  if (limit === undefined) return '';
  const isMet = bound === 'at least' ? median >= limit : median <= limit;
  return `${bound === 'at least' ? '≥' : '≤'} ${limit} ${unit}  ${isMet ? 'yes' : 'NO'}`;
}

const heads = ['measure', 'figures', 'median (least–most)', 'must', 'aim'];

/** The figures as one table, a line each. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { measure, value: { median, min, max }, unit, must, aim } = figure;
    return [measure, figure.figures, `${round(median)} ${unit} (${round(min)}–${round(max)})`, verdict(figure, must, unit), verdict(figure, aim, unit)];
  });
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  return [heads, widths.map((width) => '-'.repeat(width)), ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
