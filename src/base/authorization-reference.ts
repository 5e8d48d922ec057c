/** What AWS's services list as their actions, resource types and condition keys: the Service Authorization Reference, as data. */

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management, Write' | 'Tagging, Write';

export interface ActionReference {
  /** As AWS writes it: `CreateUser`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  readonly resourceTypes: readonly { readonly name: string; readonly isRequired: boolean }[];
  /** Of the action itself; its resource types have their own beside these. `aws:RequestTag/${TagKey}` stands for any tag. */
  readonly conditionKeys: readonly string[];
  /** Actions that must be allowed as well. */
  readonly dependentActions: readonly string[];
}

export interface ResourceTypeReference {
  readonly name: string;
  /** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}` */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface ServiceReference {
  /** What its actions begin with. */
  readonly prefix: string;
  /** As people call it. */
  readonly name: string;
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, ActionReference>;
  readonly resourceTypes: ReadonlyMap<string, ResourceTypeReference>;
  /** Condition key, as AWS writes it → its type. */
  readonly conditionKeys: ReadonlyMap<string, string>;
}

export interface AuthorizationReference {
  /** Prefixes of all services, sorted. */
  readonly prefixes: readonly string[];
  find(prefix: string): ServiceReference | undefined;
}

interface ServiceData {
  readonly name: string;
  readonly resourceTypes: Readonly<Record<string, readonly [arn: string, ...conditionKeys: string[]]>>;
  readonly conditionKeys: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, readonly [accessLevel: AccessLevel, resourceTypes: readonly string[], conditionKeys: readonly string[], dependentActions?: readonly string[]]>>;
}

/** `read` gives the parsed data file; it is asked once, at the first look. */
export function openAuthorizationReference(read: () => unknown): AuthorizationReference {
  // An edge: the file that scripts/refresh-authorization-reference.ts wrote.
  let data: Readonly<Record<string, ServiceData>> | undefined;
  const all = (): Readonly<Record<string, ServiceData>> => (data ??= read() as Readonly<Record<string, ServiceData>>);
  const linked = new Map<string, ServiceReference>();
  return {
    get prefixes() {
      return Object.keys(all());
    },
    find(prefix) {
      const known = linked.get(prefix);
      if (known || !Object.hasOwn(all(), prefix)) return known;
      const service = link(prefix, all()[prefix]!);
      linked.set(prefix, service);
      return service;
    },
  };
}

function link(prefix: string, { name, resourceTypes, conditionKeys, actions }: ServiceData): ServiceReference {
  return {
    prefix,
    name,
    actions: new Map(Object.entries(actions).map(([action, [accessLevel, resources, keys, dependentActions = []]]) => [action.toLowerCase(), {
      name: action,
      accessLevel,
      resourceTypes: resources.map((resource) => ({ name: resource.replace(/\*$/, ''), isRequired: resource.endsWith('*') })),
      conditionKeys: keys,
      dependentActions,
    }])),
    resourceTypes: new Map(Object.entries(resourceTypes).map(([type, [arn, ...keys]]) => [type, { name: type, arn, conditionKeys: keys }])),
    conditionKeys: new Map(Object.entries(conditionKeys)),
  };
}
