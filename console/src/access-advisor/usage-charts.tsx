/** Used and unused permissions as charts: services, and the actions of those that are tracked one by one. */
import BarChart from '@cloudscape-design/components/bar-chart';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import PieChart from '@cloudscape-design/components/pie-chart';
import type { ReactNode } from 'react';
import { actionsUsed, recentDays, recencyOf } from './last-accessed-details.ts';
import type { LastAccessedDetails, Recency } from './last-accessed-details.ts';

/** Of the services with most actions that nobody used as many are drawn. */
const drawnMax = 8;

export function UsageCharts({ details: { services, completedAt } }: { readonly details: LastAccessedDetails }): ReactNode {
  const count = (recency: Recency): number => services.filter(({ LastAuthenticated }) => recencyOf(LastAuthenticated, completedAt) === recency).length;
  const tracked = services.map((service) => ({ name: service.ServiceNamespace ?? '', ...actionsUsed(service) })).filter(({ used, unused }) => used + unused > 0).toSorted((a, b) => b.unused - a.unused).slice(0, drawnMax);
  const highest = Math.max(1, ...tracked.map(({ used, unused }) => used + unused));
  return (
    <ColumnLayout columns={2}>
      <Container header={<Header variant="h2">Services</Header>}>
        <PieChart
          variant="donut" size="medium" hideFilter fitHeight
          innerMetricValue={String(services.length)} innerMetricDescription="allowed"
          ariaLabel="Services by when they were used last" ariaDescription="Services used of late, used earlier, and never used in the tracking period."
          data={[{ title: `Used in ${recentDays} days`, value: count('recent') }, { title: 'Never used', value: count('never') }, { title: 'Used earlier', value: count('earlier') }]}
          detailPopoverContent={({ value }) => [{ key: 'Services', value }]}
        />
      </Container>
      <Container header={<Header variant="h2">Actions, most unused first</Header>}>
        <BarChart
          horizontalBars stackedBars hideFilter height={220} fitHeight
          ariaLabel="Tracked actions by service, used and unused" xTitle="Service" yTitle="Actions" yDomain={[0, highest]}
          xDomain={tracked.map(({ name }) => name)}
          series={[{ title: 'Used', type: 'bar', data: tracked.map(({ name, used }) => ({ x: name, y: used })) }, { title: 'Never used', type: 'bar', data: tracked.map(({ name, unused }) => ({ x: name, y: unused })) }]}
          empty="No action is tracked one by one."
        />
      </Container>
    </ColumnLayout>
  );
}
