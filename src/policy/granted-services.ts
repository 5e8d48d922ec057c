/** Which services an identity policy lets into, told from its text alone: what a request would be about is not known. */
import { readDocument, type StatementNode } from './document.ts';
import { JsonError } from './json.ts';

/** Says of a namespace (`s3`) whether some Allow of the document takes in an action of it. Conditions, resources and Denys are not looked at. */
export function servicesGranted(document: string): (namespace: string) => boolean {
  const allows = allowsOf(document).map(grantOf);
  return (namespace) => {
    const folded = namespace.toLowerCase();
    return allows.some((isGranted) => isGranted(folded));
  };
}

/** A text that is no policy grants nothing. */
function allowsOf(document: string): readonly StatementNode[] {
  try {
    return readDocument(document).statements.filter(({ effect }) => effect === 'Allow');
  } catch (thrown) {
    if (thrown instanceof JsonError) return [];
    throw thrown;
  }
}

/** Each action is looked at once, so that asking for many services costs no more than asking for one. */
function grantOf({ actions, notActions = [] }: StatementNode): (namespace: string) => boolean {
  const named = new Set((actions ?? notActions).map(partsOf).filter(({ name }) => actions || isAnything(name)).map(({ service }) => service));
  // A vendor is written out or, as a whole, a wildcard: no policy is accepted with another.
  const isEverything = [...named].some(isAnything);
  // NotAction leaves a service out only if all of it is named.
  if (!actions) return (namespace) => notActions.length > 0 && !isEverything && !named.has(namespace);
  return (namespace) => isEverything || named.has(namespace);
}

const isAnything = (pattern: string): boolean => /^\*+$/.test(pattern);

/** `s3:Get*` → `s3` and `get*`; `*` stands for every action of every service. */
function partsOf(action: string): { readonly service: string; readonly name: string } {
  const folded = action.toLowerCase();
  const colon = folded.indexOf(':');
  return colon < 0 ? { service: folded, name: folded } : { service: folded.slice(0, colon), name: folded.slice(colon + 1) };
}
