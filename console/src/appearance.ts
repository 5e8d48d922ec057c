/** Light or dark, wide or dense: the one thing that the browser keeps, because it says nothing about anybody. */
import { Density, Mode, applyDensity, applyMode } from '@cloudscape-design/global-styles';
import { useState } from 'react';

const key = 'gatehouse-appearance';

export interface Appearance { readonly mode: 'light' | 'dark' | 'system'; readonly density: 'comfortable' | 'compact' }

const asBrowser: Appearance = { mode: 'system', density: 'comfortable' };

function kept(): Appearance {
  const [mode, density] = (localStorage.getItem(key) ?? '').split(' ');
  return { mode: mode === 'light' || mode === 'dark' ? mode : asBrowser.mode, density: density === 'compact' ? density : asBrowser.density };
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export function applyAppearance({ mode, density }: Appearance = kept()): void {
  const isDark = mode === 'dark' || (mode === 'system' && prefersDark.matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
  applyDensity(density === 'compact' ? Density.Compact : Density.Comfortable);
}

prefersDark.addEventListener('change', () => applyAppearance());

export function useAppearance(): readonly [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState(kept);
  return [appearance, (next) => {
    localStorage.setItem(key, `${next.mode} ${next.density}`);
    applyAppearance(next);
    setAppearance(next);
  }];
}
