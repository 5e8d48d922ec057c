/** When the accounts of an organization last used which service. Source: "GenerateOrganizationsAccessReport", "GetOrganizationsAccessReport" (IAM API Reference). */
import type { AccessDetail, ErrorDetails } from '../../../models/iam.ts';
import type { Timestamp } from '../../base/clock.ts';
import { accountOf, idBeginning } from '../../base/ids.ts';
import { usesKeptMs } from '../../store/last-used.ts';
import type { Membership } from '../../store/organizations.ts';
import type { RunContext } from '../operation.ts';

/** A service that the policies of the organization let into, as the report tells of it. */
export type OrganizationAccess = AccessDetail;

/** What cannot be reported on, and why. */
export interface OrganizationReport { readonly accesses: readonly OrganizationAccess[]; readonly error?: ErrorDetails | undefined }

type Context = Pick<RunContext<never>, 'partition' | 'lastUsed' | 'now' | 'authorizationReference'>;

/** Uses that are read before other requests get their turn. */
const usesPerTurn = 1_000;

/** The one policy that an organization has: AWS's own, which allows everything. */
const fullAccessPolicy = 'p-FullAWSAccess';

/** The report about the root of the organization or one of its accounts; of an entity or policy that is not there, the error. */
export async function reportOnOrganization(entityPath: string, policyId: string | undefined, { organization, path }: Membership, context: Context): Promise<OrganizationReport> {
  const accounts = accountsBelow(entityPath, path, organization.OrganizationId, context);
  // GUESS: code and words of both.
  if (!accounts) return failed('EntityNotFound', `The entity ${entityPath} does not exist in the organization.`);
  if (policyId !== undefined && policyId !== fullAccessPolicy) return failed('PolicyNotFound', `The policy ${policyId} does not exist in the organization.`);
  // INVARIANT: an organization has no policies of its own yet, so that every service is let into. What serves organizations has to change this first.
  const services = new Map(context.authorizationReference.prefixes.map((namespace) => [namespace, new ServiceUses()]));
  for (const account of accounts) await addUses(account, `${path}${account}/`, services, context);
  return { accesses: [...services].map(([namespace, uses]) => uses.shown(namespace, context.authorizationReference.find(namespace)?.name ?? namespace)) };
}

const failed = (Code: string, Message: string): OrganizationReport => ({ accesses: [], error: { Code, Message } });

/** `o-…/r-…`, or an account's `o-…/r-…/ACCOUNT`, a slash at the end or not. */
function accountsBelow(entityPath: string, rootPath: string, organizationId: string, { partition }: Context): readonly string[] | undefined {
  const asked = entityPath.endsWith('/') ? entityPath : `${entityPath}/`;
  const members = [...partition.accounts.all()].filter(({ OrganizationId }) => OrganizationId === organizationId).map(({ AccountId }) => AccountId);
  if (asked === rootPath) return members;
  const account = members.find((each) => asked === `${rootPath}${each}/`);
  return account === undefined ? undefined : [account];
}

class ServiceUses {
  readonly #accounts = new Set<string>();
  #last: { readonly at: Timestamp; readonly region: string; readonly path: string } | undefined;

  add(at: Timestamp, region: string, path: string): void {
    this.#accounts.add(path);
    if (!this.#last || this.#last.at < at) this.#last = { at, region, path };
  }

  /** A service that nobody used has no details. */
  shown(ServiceNamespace: string, ServiceName: string): OrganizationAccess {
    const last = this.#last;
    return { ServiceName, ServiceNamespace, ...(last && { Region: last.region, EntityPath: last.path, LastAuthenticatedTime: last.at }), TotalAuthenticatedEntities: this.#accounts.size };
  }
}

/** Adds what root, the users and the roles of an account used. Their ids hold the account, so that no account is loaded for it. */
async function addUses(account: string, path: string, services: ReadonlyMap<string, ServiceUses>, { lastUsed, now }: Context): Promise<void> {
  for (const beginning of [`${account}/`, idBeginning('AIDA', account), idBeginning('AROA', account)]) {
    let after: string | undefined;
    do {
      const uses = lastUsed.pageBy(beginning, after, usesPerTurn);
      for (const [id, { at, region }] of uses) {
        const [owner = '', action = ''] = id.split('/', 2);
        if (at < now - usesKeptMs || (owner !== account && accountOf(owner) !== account)) continue;
        services.get(action.slice(0, action.indexOf(':')))?.add(at, region, path);
      }
      after = uses.length < usesPerTurn ? undefined : uses.at(-1)![0];
      await new Promise(setImmediate);
    } while (after !== undefined);
  }
}
