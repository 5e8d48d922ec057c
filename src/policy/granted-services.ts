/** Which services and actions an identity policy lets into, told from its text alone: what a request would be about is not known. */
import { Budget } from './budget.ts';
import { readDocument, type StatementNode } from './document.ts';
import { JsonError } from './json.ts';
import { type Glob, globOf } from './patterns/wildcard.ts';

/** What some Allow of a document takes in. Conditions, resources and Denys are not looked at. */
export interface Grants {
  /** An action, whichever, of that namespace: `s3`. */
  readonly service: (namespace: string) => boolean;
  /** That action: `s3:GetObject`, in any letter case. */
  readonly action: (action: string) => boolean;
}

/** A text that is no policy grants nothing. */
export function grantsOf(document: string): Grants {
  const allows = allowsOf(document).map((allow): Grants => ({ service: serviceGrantOf(allow), action: actionGrantOf(allow) }));
  return {
    service(namespace) {
      const folded = namespace.toLowerCase();
      return allows.some(({ service }) => service(folded));
    },
    action(action) {
      const folded = action.toLowerCase();
      return allows.some((allow) => allow.action(folded));
    },
  };
}

function allowsOf(document: string): readonly StatementNode[] {
  try {
    return readDocument(document).statements.filter(({ effect }) => effect === 'Allow');
  } catch (thrown) {
    if (thrown instanceof JsonError) return [];
    throw thrown;
  }
}

/** Each action is looked at once, so that asking for many services costs no more than asking for one. */
function serviceGrantOf({ actions, notActions = [] }: StatementNode): (namespace: string) => boolean {
  const named = new Set((actions ?? notActions).map(partsOf).filter(({ name }) => actions || isAnything(name)).map(({ service }) => service));
  // A vendor is written out or, as a whole, a wildcard: no policy is accepted with another.
  const isEverything = [...named].some(isAnything);
  // NotAction leaves a service out only if all of it is named.
  if (!actions) return (namespace) => notActions.length > 0 && !isEverything && !named.has(namespace);
  return (namespace) => isEverything || named.has(namespace);
}

function actionGrantOf({ actions, notActions = [] }: StatementNode): (action: string) => boolean {
  // By the service that they name, so that an action is held against its own: ReadOnlyAccess names thousands. A wildcard may stand for any.
  const byService = new Map<string, Glob[]>();
  for (const pattern of actions ?? notActions) {
    const { service } = partsOf(pattern);
    const key = /[*?]/.test(service) ? anyService : service;
    const globs = byService.get(key) ?? [];
    byService.set(key, globs);
    globs.push(globOf(pattern.toLowerCase()));
  }
  const isNamed = (action: string): boolean => [partsOf(action).service, anyService].some((service) => byService.get(service)?.some((pattern) => pattern.matches(action, 0, action.length, new Budget())));
  if (!actions) return (action) => notActions.length > 0 && !isNamed(action);
  return isNamed;
}

const anyService = '*';

const isAnything = (pattern: string): boolean => /^\*+$/.test(pattern);

/** `s3:Get*` → `s3` and `get*`; `*` stands for every action of every service. */
function partsOf(action: string): { readonly service: string; readonly name: string } {
  const folded = action.toLowerCase();
  const colon = folded.indexOf(':');
  return colon < 0 ? { service: folded, name: folded } : { service: folded.slice(0, colon), name: folded.slice(colon + 1) };
}
