/** When the entities of an organization last used which service: asked by its management account. */
import type { Iam, SortKeyType } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import { newUuid } from '../../base/ids.ts';
import { membershipOf } from '../../store/organizations.ts';
import type { Operations } from '../operation.ts';
import { type OrganizationAccess, type OrganizationReport, reportOnOrganization } from './organizations-access-report.ts';
import { pageList } from './paging.ts';

/** How long a report can be read. GUESS: AWS does not say. */
const keptMs = 24 * 3_600_000;
const family = { prefix: 'organizations-access/', max: 20 };

export const organizationsAccess = {
  GenerateOrganizationsAccessReport: {
    access: ({ EntityPath, OrganizationsPolicyId }, { account }) => [{
      resource: `arn:${arn.partition}:iam::${account}:access-report/${EntityPath}`,
      context: { 'iam:OrganizationsPolicyId': OrganizationsPolicyId },
    }],
    async run({ EntityPath, OrganizationsPolicyId }, context) {
      const { account, partition, now, random, lastUsed, reports, error } = context;
      const membership = membershipOf(partition, account);
      // The page says that the caller must be the management account. GUESS: code and words for one that is not.
      if (!membership?.isManagement) throw error('AccessDenied', 'You must be signed in to the management account of an organization to perform this operation.');
      await lastUsed.flush();
      const JobId = newUuid(random);
      const report = await reportOnOrganization(EntityPath, OrganizationsPolicyId, membership, context);
      await reports.put({ account, name: `${family.prefix}${JobId}`, at: now, until: now + keptMs, body: JSON.stringify(report) }, family);
      return { JobId };
    },
  },

  GetOrganizationsAccessReport: {
    access: () => [{ resource: '*' }],
    run({ JobId, SortKey = 'SERVICE_NAMESPACE_ASCENDING', ...page }, { account, reports, marker, error }) {
      const kept = reports.find(account, `${family.prefix}${JobId}`);
      // GUESS: the words.
      if (!kept) throw error('NoSuchEntity', `The report with job id ${JobId} cannot be found.`);
      const dates = { JobCreationDate: kept.at, JobCompletionDate: kept.at };
      // Our own, as GenerateOrganizationsAccessReport wrote it.
      const { accesses, error: ErrorDetails } = JSON.parse(kept.body) as OrganizationReport;
      if (ErrorDetails) return { JobStatus: 'FAILED', ...dates, ErrorDetails };
      // A report does not change, so that the places of its services stay.
      const sorted = accesses.toSorted(orders[SortKey]).map((access, place) => ({ access, place: String(place).padStart(6, '0') }));
      const { items, end } = pageList(sorted, ({ place }) => place, page, marker);
      return {
        JobStatus: 'COMPLETED', ...dates,
        NumberOfServicesAccessible: accesses.length,
        NumberOfServicesNotAccessed: accesses.filter(({ LastAuthenticatedTime }) => LastAuthenticatedTime === undefined).length,
        AccessDetails: items.map(({ access }) => access), ...end,
      };
    },
  },
} satisfies Operations<Iam, `${'Generate' | 'Get'}OrganizationsAccessReport`>;

type Order = (a: OrganizationAccess, b: OrganizationAccess) => number;

const byNamespace: Order = (a, b) => (a.ServiceNamespace < b.ServiceNamespace ? -1 : 1);
/** GUESS: services that nobody used count as used before all others. */
const byTime: Order = (a, b) => (a.LastAuthenticatedTime ?? 0) - (b.LastAuthenticatedTime ?? 0) || byNamespace(a, b);

const orders: Readonly<Record<SortKeyType, Order>> = {
  SERVICE_NAMESPACE_ASCENDING: byNamespace,
  SERVICE_NAMESPACE_DESCENDING: (a, b) => byNamespace(b, a),
  LAST_AUTHENTICATED_TIME_ASCENDING: byTime,
  LAST_AUTHENTICATED_TIME_DESCENDING: (a, b) => byTime(b, a),
};
