/** How long sessions last that only long-term credentials can ask for. Source: GetSessionToken, GetFederationToken (STS API Reference). */
import type { IdentifiedCaller } from '../../base/caller.ts';

/** Seconds. Root's sessions last at most an hour, and a longer wish is cut to it. */
const durations = { default: 43_200, rootMax: 3_600 } as const;

/** What becomes of the length asked for. */
export function longTermSeconds(wanted: number | undefined, { kind }: IdentifiedCaller): number {
  const seconds = wanted ?? durations.default;
  return kind === 'root' ? Math.min(seconds, durations.rootMax) : seconds;
}
