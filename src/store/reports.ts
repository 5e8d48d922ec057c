/** Reports: what was gathered about an account at one moment, kept for a while to be read. Not history, and so not in the journal. */
import type { Clock, Timestamp } from '../base/clock.ts';

export interface Report {
  readonly account: string;
  /** What it is about and for whom: a new report of the same name takes the place of the old one. */
  readonly name: string;
  readonly at: Timestamp;
  readonly until: Timestamp;
  /** Its maker's. */
  readonly body: string;
}

export interface ReportStore {
  /** Keeps the report until its time is over. What it resolves to is durable. */
  put(report: Report): Promise<void>;
  /** A report whose time is not over. */
  find(account: string, name: string): Report | undefined;
}

/** Reports for as long as the process lives. */
export function memoryReports(clock: Clock): ReportStore {
  const reports = new Map<string, Report>();
  return {
    async put(report) {
      for (const [key, { until }] of reports) if (until <= clock()) reports.delete(key);
      reports.set(`${report.account}/${report.name}`, report);
    },
    find(account, name) {
      const report = reports.get(`${account}/${name}`);
      return report && report.until > clock() ? report : undefined;
    },
  };
}
