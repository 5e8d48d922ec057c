/** What is made when it is first asked for, and then kept. */

/** Asks `make` at the first call; that it failed is kept too, where it says so by a promise. */
export function once<Made>(make: () => Made): () => Made {
  let kept: { readonly made: Made } | undefined;
  return () => (kept ??= { made: make() }).made;
}
