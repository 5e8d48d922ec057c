/** The colours that a switched role is told by, as AWS's console has them. */
import type { ReactNode } from 'react';

export const roleColors = [
  { value: 'F2B0A9', label: 'Red' }, { value: 'FBBF93', label: 'Orange' }, { value: 'FAD791', label: 'Yellow' }, { value: 'B7CA9D', label: 'Green' }, { value: '99BCE3', label: 'Blue' },
] as const;

/** Six hexadecimal digits; anything else is no colour. */
export const cssColor = (color: string): string | undefined => /^[0-9A-Fa-f]{6}$/.test(color) ? `#${color}` : undefined;

/** A spot of a role's colour. It is decoration: the role's name stands beside it. */
export const Swatch = ({ color }: { readonly color: string }): ReactNode => <span className="swatch" aria-hidden="true" style={{ background: cssColor(color) }} />;
