/** Reports of when services were last accessed, as they are kept: what is told of each service in one piece, the entities in pieces of a thousand, so that no page opens all of a large account's. */
import type { AccessAdvisorUsageGranularityType } from '../../../models/iam.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { ReportStore } from '../../store/reports.ts';
import type { RunContext } from '../operation.ts';
import { type Access, newestFirst, type ServiceAccess } from './last-accessed-report.ts';
import type { Listing } from './paging.ts';

/** How long a report can be read. GUESS: AWS does not say. */
const keptMs = 24 * 3_600_000;
/** Reports of one caller; the oldest ones go. Nobody can fill the disk. */
const keptMax = 20;
/** Entities in a part. */
const partEntities = 1_000;

/** A service in a report. */
export interface JobService {
  readonly namespace: string;
  readonly last: Access | undefined;
  /** How many entities tried it. */
  readonly total: number;
  /** The number of its first part, and the place that each of its parts begins with. */
  readonly firstPart: number;
  readonly starts: readonly string[];
  readonly actions?: readonly { readonly name: string; readonly last?: Access | undefined }[] | undefined;
}

/** A report as it is kept. */
export interface Job { readonly granularity: AccessAdvisorUsageGranularityType; readonly services: readonly JobService[] }

type Context = Pick<RunContext<never>, 'account' | 'caller' | 'now' | 'reports'>;

/** Keeps the report for its caller. */
export async function keepJob(jobId: string, granularity: AccessAdvisorUsageGranularityType, services: readonly ServiceAccess[], { account, caller, now, reports }: Context): Promise<void> {
  const report = { account, name: nameOf(caller.principalId, jobId), at: now, until: now + keptMs };
  const kept: JobService[] = [];
  let part = 0;
  for (const { namespace, accesses, actions } of services) {
    const firstPart = part;
    const all = accesses.values();
    const starts: string[] = [];
    for (let from = 0; from < all.length; from += partEntities) {
      starts.push(newestFirst(all[from]!));
      // It also gives others their turn.
      await reports.putPart({ ...report, body: JSON.stringify(all.slice(from, from + partEntities)) }, part++);
    }
    kept.push({ namespace, last: all[0], total: all.length, firstPart, starts, actions });
  }
  await reports.put({ ...report, body: JSON.stringify({ granularity, services: kept } satisfies Job) }, { prefix: nameOf(caller.principalId, ''), max: keptMax });
}

/** The caller's report of that id. */
export function readJob(jobId: string, { account, caller, reports }: Omit<Context, 'now'>): { readonly job: Job; readonly at: Timestamp } | undefined {
  const report = reports.find(account, nameOf(caller.principalId, jobId));
  // Our own, as keepJob wrote it.
  return report && { job: JSON.parse(report.body) as Job, at: report.at };
}

/** The entities that tried a service, as they are paged. */
export function entitiesIn(jobId: string, { firstPart, starts }: JobService, { account, caller, reports }: Omit<Context, 'now'>): Listing<Access> {
  const name = nameOf(caller.principalId, jobId);
  return (after, limit) => {
    const items: { readonly item: Access; readonly position: string }[] = [];
    // The last part that begins at or before the place.
    const first = after === undefined ? 0 : Math.max(0, starts.findLastIndex((start) => start <= after));
    for (let index = first; index < starts.length && items.length < limit; index++) {
      for (const access of accessesOf(reports, account, name, firstPart + index)) {
        const position = newestFirst(access);
        if ((after === undefined || position > after) && items.length < limit) items.push({ item: access, position });
      }
    }
    return items;
  };
}

function accessesOf(reports: ReportStore, account: string, name: string, part: number): readonly Access[] {
  const found = reports.find(account, name, part);
  // Our own, as keepJob wrote it. A report's time may be over between it and its part.
  return found ? (JSON.parse(found.body) as readonly Access[]) : [];
}

const nameOf = (principalId: string, jobId: string): string => `last-accessed/${principalId}/${jobId}`;
