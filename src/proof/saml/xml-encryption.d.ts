/** The part of xml-encryption that is used: the package has no types of its own. */
declare module 'xml-encryption' {
  interface DecryptOptions { readonly key: string; readonly disallowDecryptionWithInsecureAlgorithm: boolean; readonly warnInsecureAlgorithm: boolean }
  interface EncryptOptions { readonly rsa_pub: string; readonly pem: string; readonly encryptionAlgorithm: string; readonly keyEncryptionAlgorithm: string; readonly keyEncryptionDigest?: string; readonly disallowEncryptionWithInsecureAlgorithm?: boolean; readonly warnInsecureAlgorithm?: boolean }
  export function decrypt(xml: string, options: DecryptOptions, done: (error: Error | null, text?: string) => void): void;
  export function encrypt(text: string, options: EncryptOptions, done: (error: Error | null, xml?: string) => void): void;
}
