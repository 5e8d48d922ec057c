/** The kinds of keys that are made for certificates. */

export const keyTypes = ['ec', 'ec384', 'rsa', 'rsa4096'] as const;

export type KeyType = (typeof keyTypes)[number];
