/** STS's own endpoints by their host names, for whoever points those names here: a regional one is for its region, and the global one lacks some operations. Source: "Manage AWS STS in an AWS Region" (IAM User Guide). */
import type { HttpRequest } from './http-request.ts';
import type { DescribedService } from './lazy-service.ts';

export interface AwsEndpoint {
  /** The region that requests count as made in, and must be signed for. */
  readonly region: string;
  /** Whether it is the one endpoint of all regions. */
  readonly isGlobal: boolean;
  /** Whether the operation is served there. */
  serves(operation: string): boolean;
}

/** `sts.eu-west-1.amazonaws.com`, `sts-fips.us-east-1.amazonaws.com`, `sts.us-east-1.api.aws` */
const regional = /^sts(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(?:amazonaws\.com|api\.aws)(?::\d+)?$/i;
const global = /^sts\.amazonaws\.com(?::\d+)?$/i;

/** Source: AssumeRoot (STS API Reference); "Getting started with outbound identity federation" (IAM User Guide). */
const regionalOnly: ReadonlySet<string> = new Set(['AssumeRoot', 'GetWebIdentityToken']);

const globalEndpoint: AwsEndpoint = { region: 'us-east-1', isGlobal: true, serves: (operation) => !regionalOnly.has(operation) };

/** Undefined for any other host, under which every region and operation is served, and for any other service. */
export function awsEndpoint(request: HttpRequest, { model }: DescribedService): AwsEndpoint | undefined {
  const host = model.name === 'sts' ? request.header('host') : undefined;
  if (host === undefined || !/^sts/i.test(host)) return undefined;
  const [, region] = regional.exec(host) ?? [];
  if (region !== undefined) return { region: region.toLowerCase(), isGlobal: false, serves: () => true };
  return global.test(host) ? globalEndpoint : undefined;
}
