/** The wires that are built, by the name that a service's model gives its own. */
import { awsJson } from './aws-json.ts';
import type { ProtocolName } from '../model/service.ts';
import { awsQuery } from './aws-query.ts';
import { ec2Query } from './ec2-query.ts';
import type { Protocol } from './protocol.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';

export const protocols: { readonly [Name in ProtocolName]?: Protocol } = { awsQuery, ec2Query, awsJson, restJson, restXml };
