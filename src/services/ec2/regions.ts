/** Regions and their zones: those that every account has, and whichever one is asked. */

/** Source: "Regions and zones" (EC2 User Guide), "Available Regions": those that need no opting in. */
const defaultRegions: readonly string[] = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3',
  'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];

/** A region is there by being asked: one that nobody lists is among them for whoever is in it. */
export const regionsFrom = (region: string): readonly string[] => (defaultRegions.includes(region) ? defaultRegions : [...defaultRegions, region].sort());

export interface Zone { readonly name: string; readonly id: string }

/** The one zone of a region. */
export const zoneOf = (region: string): Zone => ({ name: `${region}a`, id: `${shortName(region)}-az1` });

/** `use1`, `apne2`, `usgw1`. Source: "AZ IDs" (EC2 User Guide). */
function shortName(region: string): string {
  const [area = '', ...rest] = region.split('-');
  return area + rest.map((part) => part.replaceAll(/^(north|south)?(east|west)?.*$/g, (whole: string, a?: string, b?: string) => (a || b ? `${a?.[0] ?? ''}${b?.[0] ?? ''}` : /^\d/.test(whole) ? whole : whole[0] ?? ''))).join('');
}
