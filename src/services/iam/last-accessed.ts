/** The three operations on a report of when services were last accessed: it is made, read, and read with the entities. */
import { hash } from 'node:crypto';
import type { AccessAdvisorUsageGranularityType, Iam, ServiceLastAccessed, TrackedActionLastAccessed } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Operations, RunContext } from '../operation.ts';
import { type Access, isPolicyArn, reportOn, type ServiceAccess } from './last-accessed-report.ts';
import { readPolicyAsk } from './managed-policies.ts';
import { pageList } from './paging.ts';
import { entityAsk } from './named-entities.ts';

/** How long a report can be read. GUESS: AWS does not say. */
const keptMs = 24 * 3_600_000;

/** A report as it is kept. */
interface Job {
  readonly principalId: string;
  readonly granularity: AccessAdvisorUsageGranularityType;
  readonly services: readonly ServiceAccess[];
}

/** What both readers answer beside their lists: reports are made at once. */
interface Completed { readonly JobStatus: 'COMPLETED'; readonly JobCreationDate: Timestamp; readonly JobCompletionDate: Timestamp }

export const lastAccessed = {
  GenerateServiceLastAccessedDetails: {
    access: ({ Arn }, { view, error }) => [isPolicyArn(Arn) ? readPolicyAsk(view, Arn, error) : entityAsk(Arn, view, error)],
    async run({ Arn, Granularity = 'SERVICE_LEVEL' }, context) {
      const { account, caller: { principalId }, now, reports } = context;
      const services = await reportOn(Arn, Granularity === 'ACTION_LEVEL', context);
      // The same caller's next report of the same kind takes this one's place: no caller can fill the disk.
      const JobId = uuidOf(`${account}/${principalId}/${Granularity}/${Arn}`);
      await reports.put({ account, name: nameOf(JobId), at: now, until: now + keptMs, body: JSON.stringify({ principalId, granularity: Granularity, services } satisfies Job) });
      return { JobId };
    },
  },

  GetServiceLastAccessedDetails: {
    access: () => [{ resource: '*' }],
    run(request, context) {
      const { job: { granularity, services }, completed } = getJob(request.JobId, context);
      const { items, end } = pageList(services, ({ namespace }) => namespace, request, context.marker);
      const ServicesLastAccessed = items.map(({ namespace, accesses: [last, ...others], actions }): ServiceLastAccessed => ({
        ServiceName: context.authorizationReference.find(namespace)?.name ?? namespace,
        ServiceNamespace: namespace,
        LastAuthenticated: last?.at,
        LastAuthenticatedEntity: last?.entity.Arn,
        LastAuthenticatedRegion: last?.region,
        TotalAuthenticatedEntities: last ? 1 + others.length : 0,
        TrackedActionsLastAccessed: actions?.map(trackedAction),
      }));
      return { ...completed, JobType: granularity, ServicesLastAccessed, ...end };
    },
  },

  GetServiceLastAccessedDetailsWithEntities: {
    access: () => [{ resource: '*' }],
    run(request, context) {
      const { job: { services }, completed } = getJob(request.JobId, context);
      const service = services.find(({ namespace }) => namespace === request.ServiceNamespace);
      // GUESS: the words.
      if (!service) throw context.error('InvalidInput', `The report has no service with namespace ${request.ServiceNamespace}.`);
      const { items, end } = pageList(service.accesses, newestFirst, request, context.marker);
      return { ...completed, EntityDetailsList: items.map(({ entity, at }) => ({ EntityInfo: entity, LastAuthenticated: at })), ...end };
    },
  },
} satisfies Operations<Iam, 'GenerateServiceLastAccessedDetails' | 'GetServiceLastAccessedDetails' | 'GetServiceLastAccessedDetailsWithEntities'>;

const trackedAction = ({ name, last }: { readonly name: string; readonly last?: Access | undefined }): TrackedActionLastAccessed => ({
  ActionName: name, ...(last && { LastAccessedEntity: last.entity.Arn, LastAccessedTime: last.at, LastAccessedRegion: last.region }),
});

/** A report is its maker's: the same user, or the same role in whichever session. Source: "GenerateServiceLastAccessedDetails", JobId (IAM API Reference). */
function getJob(jobId: string, { account, caller, reports, error }: Pick<RunContext<'NoSuchEntity'>, 'account' | 'caller' | 'reports'> & { readonly error: Raise<'NoSuchEntity'> }): { readonly job: Job; readonly completed: Completed } {
  const report = reports.find(account, nameOf(jobId));
  // Our own, as GenerateServiceLastAccessedDetails wrote it.
  const job = report && (JSON.parse(report.body) as Job);
  // GUESS: the words.
  if (!report || job?.principalId !== caller.principalId) throw error('NoSuchEntity', `The job with id ${jobId} cannot be found.`);
  return { job, completed: { JobStatus: 'COMPLETED', JobCreationDate: report.at, JobCompletionDate: report.at } };
}

const nameOf = (jobId: string): string => `last-accessed/${jobId}`;
const newestFirst = ({ entity, at }: Access): string => `${String(Number.MAX_SAFE_INTEGER - at)}/${entity.Id}`;

/** A UUID that the text alone makes. */
function uuidOf(text: string): string {
  const digest = hash('sha256', text);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
