/** How an instance may read its metadata. Source: "Configure the instance metadata options" (EC2 User Guide). */
import type { InstanceMetadataOptionsRequest } from '../../../models/ec2.ts';
import type { MetadataOptionsDoc } from '../../store/instance-docs.ts';
import type { RaiseEc2 } from './lookup.ts';

/** Those of an image that says ImdsSupport v2.0, which the one here does. */
export const defaultMetadataOptions: MetadataOptionsDoc = { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' };

/** The options with what the request says of them. */
export function changedOptions(before: MetadataOptionsDoc, { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, HttpProtocolIpv6, InstanceMetadataTags }: InstanceMetadataOptionsRequest, error: RaiseEc2): MetadataOptionsDoc {
  if (HttpPutResponseHopLimit !== undefined && (HttpPutResponseHopLimit < 1 || HttpPutResponseHopLimit > 64)) throw error('InvalidParameterValue', `Value (${HttpPutResponseHopLimit}) for parameter HttpPutResponseHopLimit is invalid. It must be an integer between 1 and 64.`);
  if (HttpProtocolIpv6 === 'enabled') throw error('Unsupported', 'There is no IPv6 here: HttpProtocolIpv6 can only be disabled.');
  return {
    HttpEndpoint: HttpEndpoint ?? before.HttpEndpoint,
    HttpTokens: HttpTokens ?? before.HttpTokens,
    HttpPutResponseHopLimit: HttpPutResponseHopLimit ?? before.HttpPutResponseHopLimit,
    HttpProtocolIpv6: before.HttpProtocolIpv6,
    InstanceMetadataTags: InstanceMetadataTags ?? before.InstanceMetadataTags,
  };
}

/** What policies are told of a request: what it says, and no default. */
export const metadataOptionsContext = ({ HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, InstanceMetadataTags }: InstanceMetadataOptionsRequest): Readonly<Record<string, string | undefined>> => ({
  'ec2:MetadataHttpEndpoint': HttpEndpoint, 'ec2:MetadataHttpTokens': HttpTokens, 'ec2:MetadataHttpPutResponseHopLimit': HttpPutResponseHopLimit === undefined ? undefined : String(HttpPutResponseHopLimit), 'ec2:InstanceMetadataTags': InstanceMetadataTags,
});
