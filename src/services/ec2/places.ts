/** Regions, zones, and what an account may have. Source: "DescribeRegions", "DescribeAvailabilityZones", "DescribeAccountAttributes" (EC2 API Reference). */
import type { AccountAttribute, AvailabilityZone, Ec2, Region } from '../../../models/ec2.ts';
import type { Operations } from '../operation.ts';
import { noResource } from './access.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { ec2Limits } from './limits.ts';
import { defaultNetwork } from './network.ts';
import { regionsFrom, zoneOf } from './regions.ts';

const regionFilters: FilterTable<Region> = {
  endpoint: ({ Endpoint }) => Endpoint,
  'opt-in-status': ({ OptInStatus }) => OptInStatus,
  'region-name': ({ RegionName }) => RegionName,
};

const zoneFilters: FilterTable<AvailabilityZone> = {
  'group-name': ({ GroupName }) => GroupName,
  message: () => undefined,
  'opt-in-status': ({ OptInStatus }) => OptInStatus,
  'region-name': ({ RegionName }) => RegionName,
  state: ({ State }) => State,
  'zone-id': ({ ZoneId }) => ZoneId,
  'zone-name': ({ ZoneName }) => ZoneName,
  'zone-type': ({ ZoneType }) => ZoneType,
};

export const places = {
  DescribeRegions: {
    access: (_, context) => noResource(context),
    // A region needs no opting in here, so AllRegions are no more.
    run({ RegionNames = [], Filters }, { region, error }) {
      const all = regionsFrom(region);
      const unknown = RegionNames.find((name) => !all.includes(name));
      if (unknown !== undefined) throw error('InvalidParameterValue', `Invalid region provided: [${unknown.slice(0, 64)}]`);
      const named = RegionNames.length === 0 ? all : all.filter((name) => RegionNames.includes(name));
      return { Regions: filtered(named.map((RegionName): Region => ({ RegionName, Endpoint: `ec2.${RegionName}.amazonaws.com`, OptInStatus: 'opt-in-not-required' })), Filters, regionFilters, error) };
    },
  },

  DescribeAvailabilityZones: {
    access: (_, context) => noResource(context),
    run({ ZoneNames = [], ZoneIds = [], Filters }, { region, error }) {
      const { name, id } = zoneOf(region);
      const unknown = ZoneNames.find((one) => one !== name) ?? ZoneIds.find((one) => one !== id);
      if (unknown !== undefined) throw error('InvalidParameterValue', `Invalid availability zone: [${unknown.slice(0, 64)}]`);
      const zone: AvailabilityZone = { ZoneName: name, ZoneId: id, RegionName: region, State: 'available', OptInStatus: 'opt-in-not-required', GroupName: `${region}-zg-1`, NetworkBorderGroup: region, ZoneType: 'availability-zone', Messages: [] };
      return { AvailabilityZones: filtered([zone], Filters, zoneFilters, error) };
    },
  },

  DescribeAccountAttributes: {
    access: (_, context) => noResource(context),
    run({ AttributeNames = [] }, { account, region }) {
      const attributes = { 'supported-platforms': 'VPC', 'default-vpc': defaultNetwork(account, region).vpcId, 'max-instances': String(ec2Limits.instancesMax) } as const;
      const wanted = Object.entries(attributes).filter(([name]) => AttributeNames.length === 0 || AttributeNames.some((asked) => asked === name));
      return { AccountAttributes: wanted.map(([AttributeName, AttributeValue]): AccountAttribute => ({ AttributeName, AttributeValues: [{ AttributeValue }] })) };
    },
  },
} satisfies Operations<Ec2, 'DescribeRegions' | 'DescribeAvailabilityZones' | 'DescribeAccountAttributes'>;
