/** What a credential report says, as charts: how old access keys are, when they were used, and who signs in with MFA. */
import BarChart from '@cloudscape-design/components/bar-chart';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import PieChart from '@cloudscape-design/components/pie-chart';
import type { ReactNode } from 'react';
import { isTrue, timeIn } from '../../credential-report.ts';
import type { CredentialReport } from '../../credential-report.ts';

const dayMs = 86_400_000;

/** Ages up to as many days, the youngest first. */
const ages = [{ days: 30, title: '30 days' }, { days: 90, title: '90 days' }, { days: 180, title: '180 days' }, { days: 365, title: '1 year' }, { days: Infinity, title: 'Older' }] as const;

/** Where the axis of a count ends: few are not drawn in fractions. */
const highest = (count: number): number => Math.max(5, count);

interface Key { readonly isActive: boolean; readonly madeAt: Date; readonly usedAt: Date | undefined }

function keysOf({ rows }: CredentialReport): readonly Key[] {
  return rows.flatMap((row) => ([1, 2] as const).flatMap((number): readonly Key[] => {
    const madeAt = timeIn(row[`access_key_${number}_last_rotated`]);
    return madeAt ? [{ isActive: isTrue(row[`access_key_${number}_active`]), madeAt, usedAt: timeIn(row[`access_key_${number}_last_used_date`]) }] : [];
  }));
}

/** How many of the times are of each age. */
function byAge(times: readonly Date[], now: number): readonly number[] {
  return ages.map(({ days }, i) => times.filter((at) => { const age = (now - at.getTime()) / dayMs; return age <= days && age > (i === 0 ? -Infinity : ages[i - 1]!.days); }).length);
}

export function CredentialCharts({ report }: { readonly report: CredentialReport }): ReactNode {
  const now = report.generatedAt.getTime();
  const keys = keysOf(report);
  const active = keys.filter(({ isActive }) => isActive);
  const used = active.flatMap(({ usedAt }) => (usedAt ? [usedAt] : []));
  const withPassword = report.rows.filter(({ password_enabled }) => isTrue(password_enabled));
  const withMfa = withPassword.filter(({ mfa_active }) => isTrue(mfa_active)).length;
  const titles = ages.map(({ title }) => title);
  const series = (title: string, counts: readonly number[], names: readonly string[] = titles) => ({ title, type: 'bar' as const, data: names.map((x, i) => ({ x, y: counts[i] ?? 0 })) });
  const usedNames = [...titles, 'Never'];
  const madeAt = (those: readonly Key[]): readonly number[] => byAge(those.map((key) => key.madeAt), now);
  return (
    <ColumnLayout columns={3} minColumnWidth={280}>
      <Container header={<Header variant="h2">Age of access keys</Header>}>
        <BarChart stackedBars hideFilter height={200} ariaLabel="Access keys by age" xTitle="Made within" yTitle="Keys" xDomain={titles} yDomain={[0, highest(keys.length)]} series={[series('Active', madeAt(active)), series('Inactive', madeAt(keys.filter(({ isActive }) => !isActive)))]} empty="There are no access keys." />
      </Container>
      <Container header={<Header variant="h2">Last use of active keys</Header>}>
        <BarChart hideFilter hideLegend height={200} ariaLabel="Active access keys by when they were used last" xTitle="Used within" yTitle="Keys" xDomain={usedNames} yDomain={[0, highest(active.length)]} series={[series('Active keys', [...byAge(used, now), active.length - used.length], usedNames)]} />
      </Container>
      <Container header={<Header variant="h2">MFA of those with a password</Header>}>
        <PieChart variant="donut" size="small" hideFilter ariaLabel="Users with a password, with and without MFA" innerMetricValue={String(withPassword.length)} innerMetricDescription="sign in" data={[{ title: 'With MFA', value: withMfa }, { title: 'Without', value: withPassword.length - withMfa }]} detailPopoverContent={({ value }) => [{ key: 'Users', value }]} empty="Nobody has a password." />
      </Container>
    </ColumnLayout>
  );
}
