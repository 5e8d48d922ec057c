/** The regular expressions of models, which are Java's, as JavaScript's. */

/** An expression that the whole of a text must match, as Java's `matches` has it. Throws on one that JavaScript cannot express. */
export function compilePattern(pattern: string): RegExp {
  // POSIX's class, within brackets, which Java has for ASCII alone. Source: java.util.regex.Pattern.
  // With the `u` flag classes and \p{…} work by code points, as Java's do; it allows no escape that is not needed, so those are taken off.
  return new RegExp(`^(?:${pattern.replaceAll(String.raw`\p{Graph}`, String.raw`\x21-\x7e`).replaceAll(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, '$1')})$`, 'u');
}
