/** How `gatehouse test` can report. */
export const testFormats = ['plain', 'tap'] as const;
export type TestFormat = (typeof testFormats)[number];
