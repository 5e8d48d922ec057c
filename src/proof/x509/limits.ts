/** How much of certificates is looked at before a chain is refused. */

export const x509Limits = {
  /** Of one certificate in DER. */
  certificateBytesMax: 16_384,
  /** Extensions of one certificate. */
  extensionsMax: 64,
  /** Alternative names of one certificate. */
  alternativeNamesMax: 128,
  /** Certificates from the leaf to the anchor, both counted. GUESS: AWS's own bound is not known; its own authorities end at five. */
  chainLengthMax: 5,
  /** Certificates that come with a leaf. */
  intermediatesMax: 10,
  /** Signatures that are verified to find one chain: with authorities that have signed each other there are more ways than one. */
  signaturesMax: 32,
  /** Revoked certificates of one list. A list of AWS's largest size, 300,000 bytes, has some ten thousand. */
  revokedMax: 20_000,
  rsaBitsMin: 2_048,
  /** Longer keys only cost time. */
  rsaBitsMax: 8_192,
} as const;
