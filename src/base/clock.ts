/** Time as an argument: nothing reads the machine's clock but through a Clock. */

/** Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. */
export type Timestamp = number;

export type Clock = () => Timestamp;

/** `2026-11-23T10:00:00Z`, the form of IAM and STS (whole seconds, rounded down). */
export function isoSeconds(at: Timestamp): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** `20261123T100000Z`, the ISO-8601 basic form that signatures use. */
export function isoBasic(at: Timestamp): string {
  return isoSeconds(at).replaceAll(/[-:]/g, '');
}
