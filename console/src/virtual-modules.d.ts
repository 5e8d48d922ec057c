/** The modules that the build makes of data (authorization-slices.ts). */
declare module 'virtual:authorization-reference' {
  /** Prefix, name, and the number of the slice that has the rest. */
  export const services: readonly (readonly [prefix: string, name: string, slice: number])[];
  export const loadSlice: readonly (() => Promise<{ readonly default: object }>)[];
}
