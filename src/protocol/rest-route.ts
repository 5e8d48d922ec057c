/** Which operation of a REST service a request names: by method, path and query, from a table made once of the model. Source: Smithy, "http trait"; AWS's models. */
import type { Operation, Service } from '../model/service.ts';
import type { Parameters } from './rest-parameters.ts';

/** What a path is: the segments of a template, labels by name, the last perhaps greedy. */
interface PathForm { readonly segments: readonly Segment[]; readonly isGreedy: boolean }
type Segment = { readonly literal: string } | { readonly label: string };

interface Route {
  readonly operation: Operation;
  /** `acl`, or `list-type=2`: what the query must hold. */
  readonly literals: readonly { readonly name: string; readonly value: string | undefined }[];
  /** Parameters and headers that the operation cannot do without, and by which it is told from others. */
  readonly requiredParameters: readonly string[];
  readonly requiredHeaders: readonly string[];
}

/** Operations of the same form of path. */
interface Resource {
  readonly form: PathForm;
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  /** Every name that is a literal in a query of this form: a request with one is never for the resource itself. */
  readonly literalNames: ReadonlySet<string>;
}

export interface RouteTable { readonly resources: readonly Resource[] }

/** What a request says that routing looks at. */
export interface RoutedRequest { readonly method: string; readonly path: string; readonly parameters: Parameters; header(name: string): string | undefined }

/** `noMethod`: the resource is there, and nothing does that with it. */
export type Routed = { readonly operation: Operation } | { readonly refusal: 'noResource' | 'noMethod' };

const tables = new WeakMap<Service, RouteTable>();

export function routeTable(service: Service): RouteTable {
  let table = tables.get(service);
  if (!table) {
    table = compileTable(service);
    tables.set(service, table);
  }
  return table;
}

function compileTable(service: Service): RouteTable {
  const forms = new Map<string, { readonly form: PathForm; readonly routes: Map<string, Route[]>; readonly literalNames: Set<string> }>();
  const isToldByParameters = service.protocol === 'restXml';
  for (const operation of service.operations.values()) {
    const [template = '/', query = ''] = operation.http.requestUri.split('?', 2);
    const form = readTemplate(template);
    const key = form.segments.map((segment) => ('literal' in segment ? segment.literal : '{}')).join('/') + (form.isGreedy ? '+' : '');
    let resource = forms.get(key);
    if (!resource) forms.set(key, (resource = { form, routes: new Map(), literalNames: new Set(service.otherSubresources) }));
    const literals = query.split('&').filter((part) => part !== '').map((part) => {
      const [name = '', value] = part.split('=', 2);
      return { name, value };
    });
    for (const { name } of literals) resource.literalNames.add(name);
    // Only S3 has operations that differ in nothing else. What another lacks, its model's check says.
    const required = isToldByParameters ? [...(operation.input?.members.values() ?? [])].filter((member) => member.isRequired) : [];
    const routes = resource.routes.get(operation.http.method) ?? [];
    routes.push({
      operation, literals,
      requiredParameters: required.filter(({ location }) => location === 'querystring').map((member) => member.locationName ?? member.name),
      requiredHeaders: required.filter(({ location }) => location === 'header').map((member) => (member.locationName ?? member.name).toLowerCase()),
    });
    resource.routes.set(operation.http.method, routes);
  }
  // The more particular first: literals before labels, short before greedy.
  const particular = ({ segments, isGreedy }: PathForm): number => (isGreedy ? 100 : 0) + segments.filter((segment) => 'label' in segment).length;
  const resources = [...forms.values()].sort((a, b) => particular(a.form) - particular(b.form));
  for (const { routes } of resources) for (const list of routes.values()) list.sort((a, b) => weight(b) - weight(a));
  return { resources };
}

/** A literal weighs more than what a request merely has to bring. */
const weight = ({ literals, requiredParameters, requiredHeaders }: Route): number => literals.length * 100 + requiredParameters.length * 10 + requiredHeaders.length;

function readTemplate(template: string): PathForm {
  const parts = template.split('/').slice(1).filter((part) => part !== '');
  const isGreedy = parts.at(-1)?.endsWith('+}') === true;
  return { isGreedy, segments: parts.map((part) => (part.startsWith('{') ? { label: part.slice(1, part.endsWith('+}') ? -2 : -1) } : { literal: part })) };
}

/** The operation that a request names. */
export function routeOf({ resources }: RouteTable, request: RoutedRequest): Routed {
  let isThere = false;
  // Of forms with as many segments it is the same.
  let parts: readonly string[] | undefined;
  let partsMax = -1;
  for (const { form, routes: byMethod, literalNames } of resources) {
    if (form.segments.length !== partsMax) parts = splitPath(request.path, (partsMax = form.segments.length));
    if (!isOfForm(form, parts)) continue;
    isThere = true;
    const routes = byMethod.get(request.method);
    if (!routes) continue;
    const route = findNamed(routes, request);
    if (route && (route.literals.length > 0 || !namesAnother(literalNames, request.parameters))) return route;
    // A subresource that lacks what its operation needs is that operation's to refuse.
    const named = routes.find(({ literals }) => literals.length > 0 && hasLiterals(literals, request.parameters));
    if (named) return named;
  }
  return { refusal: isThere ? 'noMethod' : 'noResource' };
}

function namesAnother(literalNames: ReadonlySet<string>, parameters: Parameters): boolean {
  for (const name of parameters.keys()) if (literalNames.has(name)) return true;
  return false;
}

function hasLiterals(literals: Route['literals'], parameters: Parameters): boolean {
  for (const { name, value } of literals) if (!parameters.has(name) || (value !== undefined && parameters.get(name) !== value)) return false;
  return true;
}

function findNamed(routes: readonly Route[], request: RoutedRequest): Route | undefined {
  for (const route of routes) if (isNamed(route, request)) return route;
  return undefined;
}

function isNamed({ literals, requiredParameters, requiredHeaders }: Route, request: RoutedRequest): boolean {
  if (!hasLiterals(literals, request.parameters)) return false;
  for (const name of requiredParameters) if (!request.parameters.has(name)) return false;
  for (const name of requiredHeaders) if (request.header(name) === undefined) return false;
  return true;
}

/** Whether a path, in so many segments, is of a form; one slash at the end counts for nothing where nothing greedy follows. */
function isOfForm({ segments, isGreedy }: PathForm, parts: readonly string[] | undefined): boolean {
  if (parts === undefined || parts.length !== segments.length || (!isGreedy && parts.at(-1)?.includes('/') === true)) return false;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    if ('literal' in segment ? segment.literal !== parts[i] : parts[i] === '') return false;
  }
  return true;
}

/** A path's first segments, the last with all that follows; undefined where it begins with no slash. */
function splitPath(path: string, count: number): readonly string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  const parts: string[] = [];
  let start = 1;
  while (parts.length < count - 1) {
    const slash = path.indexOf('/', start);
    if (slash < 0) break;
    parts.push(path.slice(start, slash));
    start = slash + 1;
  }
  const rest = path.slice(start);
  // `/bucket/` is the bucket.
  if (parts.length === count - 1 && count > 0) parts.push(count === 1 && rest.endsWith('/') && rest.indexOf('/') === rest.length - 1 ? rest.slice(0, -1) : rest);
  else if (rest !== '') parts.push(rest);
  return parts;
}

/** Reads the labels of an operation's path, undecoded, in the order in which they stand there. */
export function labelReader(operation: Operation): { readonly names: readonly string[]; readonly read: (path: string) => readonly string[] } {
  const { segments } = readTemplate(operation.http.requestUri.split('?', 1)[0]!);
  const places = segments.flatMap((segment, i) => ('label' in segment ? [i] : []));
  return {
    names: segments.flatMap((segment) => ('label' in segment ? [segment.label] : [])),
    read(path) {
      const parts = splitPath(path, segments.length);
      return places.map((i) => parts?.[i] ?? '');
    },
  };
}
