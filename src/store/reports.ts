/** Reports: what was gathered about an account at one moment, kept for a while to be read. Not history, and so not in the journal. */
import type { Clock, Timestamp } from '../base/clock.ts';

export interface Report {
  readonly account: string;
  /** What it is about and for whom: a new report of the same name takes the place of the old one. It holds no `#`. */
  readonly name: string;
  readonly at: Timestamp;
  readonly until: Timestamp;
  /** Its maker's. */
  readonly body: string;
}

/** Reports of which only the newest are kept: those whose names begin so. */
export interface ReportFamily { readonly prefix: string; readonly max: number }

export interface ReportStore {
  /** Keeps the report until its time is over. Of its family, the oldest ones beyond the number go, with their parts. What it resolves to is durable. */
  put(report: Report, family?: ReportFamily): Promise<void>;
  /** Keeps a part of a report that is large: its parts are kept first, then the report. No report of that name may be there before. */
  putPart(report: Report, part: number): Promise<void>;
  /** A report whose time is not over, or a part of it. */
  find(account: string, name: string, part?: number): Report | undefined;
}

/** The name that a part is kept under. */
export const partName = (name: string, part: number | undefined): string => (part === undefined ? name : `${name}#${part}`);

/** Reports for as long as the process lives. */
export function memoryReports(clock: Clock): ReportStore {
  const reports = new Map<string, Report>();
  const keyOf = ({ account, name }: Report, part?: number): string => `${account}/${partName(name, part)}`;
  const forgetOld = (): void => {
    for (const [key, { until }] of reports) if (until <= clock()) reports.delete(key);
  };
  return {
    async put(report, family) {
      forgetOld();
      // Also in the order in which they were put.
      reports.delete(keyOf(report));
      reports.set(keyOf(report), report);
      if (!family) return;
      const all = [...reports].filter(([key, { account, name }]) => account === report.account && name.startsWith(family.prefix) && !key.includes('#')).map(([, each]) => each);
      for (const { account, name } of all.slice(0, Math.max(0, all.length - family.max))) {
        for (const [key, each] of reports) if (each.account === account && each.name === name) reports.delete(key);
      }
    },
    async putPart(report, part) {
      forgetOld();
      reports.set(keyOf(report, part), report);
    },
    find(account, name, part) {
      const report = reports.get(`${account}/${partName(name, part)}`);
      return report && report.until > clock() ? report : undefined;
    },
  };
}
