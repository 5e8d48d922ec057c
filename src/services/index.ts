/** The services that Gatehouse serves: adding one is adding a line. Each is loaded with its first request; what names it stands here, so that until then neither its model nor its code is read. */
import type { ServiceCard } from '../model/service.ts';
import type { ServiceDefinition } from './operation.ts';

/** A service that is served: what requests name it by, as its model says it, and how its operations are loaded. */
export interface ServiceRow {
  readonly card: ServiceCard;
  readonly load: () => Promise<ServiceDefinition>;
}

/** A service as it is listed. The definition that is loaded must be that of the service that is named, or it does not compile. */
export const row = <const Name extends string>(card: ServiceCard & { readonly name: Name }, load: () => Promise<ServiceDefinition<NoInfer<Name>>>): ServiceRow => ({ card, load });

export const services: readonly ServiceRow[] = [
  row({ name: 'iam', signingName: 'iam', protocol: 'awsQuery', apiVersion: '2010-05-08' }, async () => (await import('./iam/index.ts')).iam),
  row({ name: 'sts', signingName: 'sts', protocol: 'awsQuery', apiVersion: '2011-06-15' }, async () => (await import('./sts/index.ts')).sts),
  row({ name: 's3', signingName: 's3', protocol: 'restXml', apiVersion: '2006-03-01' }, async () => (await import('./s3/index.ts')).s3),
  row({ name: 'codecommit', signingName: 'codecommit', protocol: 'awsJson', apiVersion: '2015-04-13', targetPrefix: 'CodeCommit_20150413' }, async () => (await import('./codecommit/index.ts')).codecommit),
  row({ name: 'rds', signingName: 'rds', protocol: 'awsQuery', apiVersion: '2014-10-31' }, async () => (await import('./rds/index.ts')).rds),
  row({ name: 'logs', signingName: 'logs', protocol: 'awsJson', apiVersion: '2014-03-28', targetPrefix: 'Logs_20140328' }, async () => (await import('./logs/index.ts')).logs),
  row({ name: 'ec2', signingName: 'ec2', protocol: 'ec2Query', apiVersion: '2016-11-15' }, async () => (await import('./ec2/index.ts')).ec2),
  row({ name: 'ec2-instance-connect', signingName: 'ec2-instance-connect', protocol: 'awsJson', apiVersion: '2018-04-02', targetPrefix: 'AWSEC2InstanceConnectService' }, async () => (await import('./ec2-instance-connect/index.ts')).ec2InstanceConnect),
  row({ name: 'iot', signingName: 'iot', protocol: 'restJson', apiVersion: '2015-05-28' }, async () => (await import('./iot/index.ts')).iot),
  row({ name: 'rolesanywhere', signingName: 'rolesanywhere', protocol: 'restJson', apiVersion: '2018-05-10' }, async () => (await import('./rolesanywhere/index.ts')).rolesanywhere),
  row({ name: 'eks', signingName: 'eks', protocol: 'restJson', apiVersion: '2017-11-01' }, async () => (await import('./eks/index.ts')).eks),
  row({ name: 'eks-auth', signingName: 'eks-auth', protocol: 'restJson', apiVersion: '2023-11-26' }, async () => (await import('./eks-auth/index.ts')).eksAuth),
  row({ name: 'gatehouse', signingName: 'gatehouse', protocol: 'awsQuery', apiVersion: '2026-11-24' }, async () => (await import('./gatehouse/index.ts')).gatehouse),
];

/** All of them, loaded: for what looks at every operation there is. */
export const loadedServices = (): Promise<readonly ServiceDefinition[]> => Promise.all(services.map(({ load }) => load()));
