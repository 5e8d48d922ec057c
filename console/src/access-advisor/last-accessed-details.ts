/** When the services that an entity may use were used last: the job that finds it, and what it found. Source: "GenerateServiceLastAccessedDetails" (IAM API Reference). */
import { GenerateServiceLastAccessedDetailsCommand, GetServiceLastAccessedDetailsCommand, GetServiceLastAccessedDetailsWithEntitiesCommand } from '@aws-sdk/client-iam';
import type { EntityDetails, IAMClient, ServiceLastAccessed } from '@aws-sdk/client-iam';

/** Between two looks at whether the job is done, milliseconds. */
const pauseMs = 400;
const dayMs = 86_400_000;
/** What was used within as many days is called used. */
export const recentDays = 90;

export interface LastAccessedDetails { readonly jobId: string; readonly services: readonly ServiceLastAccessed[]; /** As of when it holds. */ readonly completedAt: Date }

/** Of a user, group, role or policy. Rejects when the job failed. */
export async function readLastAccessed(iam: IAMClient, Arn: string, abortSignal: AbortSignal): Promise<LastAccessedDetails> {
  const { JobId = '' } = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity: 'ACTION_LEVEL' }), { abortSignal });
  const services: ServiceLastAccessed[] = [];
  for (let Marker: string | undefined; ;) {
    const page = await iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1000, Marker }), { abortSignal });
    if (page.JobStatus === 'IN_PROGRESS') {
      await pause(abortSignal);
      continue;
    }
    if (page.JobStatus === 'FAILED') throw new Error(page.Error?.Message ?? 'What was accessed last could not be found.');
    services.push(...(page.ServicesLastAccessed ?? []));
    if (page.IsTruncated !== true) return { jobId: JobId, services, completedAt: page.JobCompletionDate ?? new Date() };
    Marker = page.Marker;
  }
}

/** The users and roles that used a service by a group or policy. */
export async function readEntities(iam: IAMClient, JobId: string, ServiceNamespace: string, abortSignal: AbortSignal): Promise<readonly EntityDetails[]> {
  const entities: EntityDetails[] = [];
  for (let Marker: string | undefined; ;) {
    const page = await iam.send(new GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace, MaxItems: 1000, Marker }), { abortSignal });
    entities.push(...(page.EntityDetailsList ?? []));
    if (page.IsTruncated !== true) return entities;
    Marker = page.Marker;
  }
}

const pause = (signal: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, pauseMs);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(new DOMException('Nobody waits for it any more.', 'AbortError')); }, { once: true });
});

export type Recency = 'recent' | 'earlier' | 'never';

/** How an access that was last at a time counts. */
export const recencyOf = (last: Date | undefined, now: Date): Recency => (last === undefined ? 'never' : now.getTime() - last.getTime() <= recentDays * dayMs ? 'recent' : 'earlier');

/** A service's actions that are tracked one by one, and how many of them were ever used. */
export function actionsUsed({ TrackedActionsLastAccessed: tracked = [] }: ServiceLastAccessed): { readonly used: number; readonly unused: number } {
  const used = tracked.filter(({ LastAccessedTime }) => LastAccessedTime !== undefined).length;
  return { used, unused: tracked.length - used };
}
