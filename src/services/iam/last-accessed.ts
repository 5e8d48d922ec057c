/** The three operations on a report of when services were last accessed: it is made, read, and read with the entities. */
import type { Iam, ServiceLastAccessed, TrackedActionLastAccessed } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import { newUuid } from '../../base/ids.ts';
import type { Operations, RunContext } from '../operation.ts';
import { type Access, isPolicyArn, reportOn } from './last-accessed-report.ts';
import { entitiesIn, keepJob, type Job, readJob } from './last-accessed-jobs.ts';
import { readPolicyAsk } from './managed-policies.ts';
import { entityAsk } from './named-entities.ts';
import { pageList, pageListing } from './paging.ts';

/** What both readers answer beside their lists: reports are made at once. */
interface Completed { readonly JobStatus: 'COMPLETED'; readonly JobCreationDate: Timestamp; readonly JobCompletionDate: Timestamp }

export const lastAccessed = {
  GenerateServiceLastAccessedDetails: {
    access: ({ Arn }, { view, error }) => [isPolicyArn(Arn) ? readPolicyAsk(view, Arn, error) : entityAsk(Arn, view, error)],
    async run({ Arn, Granularity = 'SERVICE_LEVEL' }, context) {
      const JobId = newUuid(context.random);
      await keepJob(JobId, Granularity, await reportOn(Arn, Granularity === 'ACTION_LEVEL', context), context);
      return { JobId };
    },
  },

  GetServiceLastAccessedDetails: {
    access: () => [{ resource: '*' }],
    run(request, context) {
      const { job: { granularity, services }, completed } = getJob(request.JobId, context);
      const { items, end } = pageList(services, ({ namespace }) => namespace, request, context.marker);
      const ServicesLastAccessed = items.map(({ namespace, last, total, actions }): ServiceLastAccessed => ({
        ServiceName: context.authorizationReference.find(namespace)?.name ?? namespace,
        ServiceNamespace: namespace,
        LastAuthenticated: last?.at,
        LastAuthenticatedEntity: last?.entity.Arn,
        LastAuthenticatedRegion: last?.region,
        TotalAuthenticatedEntities: total,
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
      const { items, end } = pageListing(entitiesIn(request.JobId, service, context), request, context.marker);
      return { ...completed, EntityDetailsList: items.map(({ entity, at }) => ({ EntityInfo: entity, LastAuthenticated: at })), ...end };
    },
  },
} satisfies Operations<Iam, 'GenerateServiceLastAccessedDetails' | 'GetServiceLastAccessedDetails' | 'GetServiceLastAccessedDetailsWithEntities'>;

const trackedAction = ({ name, last }: { readonly name: string; readonly last?: Access | undefined }): TrackedActionLastAccessed => ({
  ActionName: name, ...(last && { LastAccessedEntity: last.entity.Arn, LastAccessedTime: last.at, LastAccessedRegion: last.region }),
});

/** A report is its maker's: the same user, or the same role in whichever session. Source: "GenerateServiceLastAccessedDetails", JobId (IAM API Reference). */
function getJob(jobId: string, context: Pick<RunContext<'NoSuchEntity'>, 'account' | 'caller' | 'reports'> & { readonly error: Raise<'NoSuchEntity'> }): { readonly job: Job; readonly completed: Completed } {
  const found = readJob(jobId, context);
  // GUESS: the words.
  if (!found) throw context.error('NoSuchEntity', `The job with id ${jobId} cannot be found.`);
  return { job: found.job, completed: { JobStatus: 'COMPLETED', JobCreationDate: found.at, JobCompletionDate: found.at } };
}
