/** Who may do everything: policies that allow every action on every resource, and what they are attached to. */
import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import type { AttachedPolicy, GetAccountAuthorizationDetailsResponse, IAMClient, ManagedPolicyDetail } from '@aws-sdk/client-iam';

export type HolderKind = 'user' | 'group' | 'role';

export interface FullAccess {
  readonly holder: { readonly kind: HolderKind; readonly name: string };
  readonly policy: string;
}

/** How many entities were looked at, and what was found, after each page of the account. */
export interface Search { readonly looked: number; readonly found: readonly FullAccess[] }

/** AWS's own, which is known without being read. */
const administratorAccess = /^arn:[^:]+:iam::aws:policy\/AdministratorAccess$/;

/** Looks through the whole account, page by page. */
export async function* searchFullAccess(iam: IAMClient, abortSignal: AbortSignal): AsyncGenerator<readonly Search[]> {
  const wideArns = new Set<string>();
  for await (const { Policies = [] } of detailsOf(iam, 'LocalManagedPolicy', abortSignal)) for (const policy of Policies) if (allowsEverything(documentOf(policy))) wideArns.add(policy.Arn!);
  const isWide = ({ PolicyArn = '' }: AttachedPolicy): boolean => wideArns.has(PolicyArn) || administratorAccess.test(PolicyArn);
  const found: FullAccess[] = [];
  let looked = 0;
  for (const [filter, kind] of [['Group', 'group'], ['User', 'user'], ['Role', 'role']] as const) {
    for await (const page of detailsOf(iam, filter, abortSignal)) {
      const holders = holdersIn(page);
      looked += holders.length;
      for (const { name, attached, inline } of holders) {
        for (const { PolicyName = '' } of attached.filter(isWide)) found.push({ holder: { kind, name }, policy: PolicyName });
        for (const { PolicyName = '' } of inline.filter(({ PolicyDocument }) => allowsEverything(PolicyDocument))) found.push({ holder: { kind, name }, policy: PolicyName });
      }
      yield [{ looked, found: found.slice() }];
    }
  }
}

async function* detailsOf(iam: IAMClient, filter: 'Group' | 'User' | 'Role' | 'LocalManagedPolicy', abortSignal: AbortSignal): AsyncGenerator<GetAccountAuthorizationDetailsResponse> {
  let Marker: string | undefined;
  do {
    const page: GetAccountAuthorizationDetailsResponse = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: [filter], Marker, MaxItems: 500 }), { abortSignal });
    yield page;
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
}

const holdersIn = ({ GroupDetailList = [], UserDetailList = [], RoleDetailList = [] }: GetAccountAuthorizationDetailsResponse) => [
  ...GroupDetailList.map(({ GroupName = '', AttachedManagedPolicies = [], GroupPolicyList = [] }) => ({ name: GroupName, attached: AttachedManagedPolicies, inline: GroupPolicyList })),
  ...UserDetailList.map(({ UserName = '', AttachedManagedPolicies = [], UserPolicyList = [] }) => ({ name: UserName, attached: AttachedManagedPolicies, inline: UserPolicyList })),
  ...RoleDetailList.map(({ RoleName = '', AttachedManagedPolicies = [], RolePolicyList = [] }) => ({ name: RoleName, attached: AttachedManagedPolicies, inline: RolePolicyList })),
];

const documentOf = ({ PolicyVersionList = [] }: ManagedPolicyDetail): string | undefined => PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;

interface Statement { readonly Effect?: unknown; readonly Action?: unknown; readonly Resource?: unknown; readonly Condition?: unknown }

/** Whether a statement of a document, as IAM encodes it, allows `*` on `*` without a condition. */
export function allowsEverything(encoded: string | undefined): boolean {
  const { Statement = [] } = JSON.parse(decodeURIComponent(encoded ?? '%7B%7D')) as { Statement?: Statement | readonly Statement[] };
  const hasStar = (value: unknown, ...stars: readonly string[]): boolean => [value].flat().some((one) => stars.some((star) => star === one));
  return [Statement].flat().some(({ Effect, Action, Resource, Condition }) => Effect === 'Allow' && Condition === undefined && hasStar(Action, '*', '*:*') && hasStar(Resource, '*', 'arn:*'));
}
