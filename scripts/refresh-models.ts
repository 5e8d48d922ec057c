/** Compacts botocore's service models into models/<service>.json and writes the operations' TypeScript types beside them. The argument, if any, is botocore's data directory. */
import { writeFileSync } from 'node:fs';
import { codeOf, findData, isError, readSource, readVersion, shapeOf } from './botocore-model.ts';
import type { Source, SourceMember, SourceShape } from './botocore-model.ts';
import { ownTypes } from './own-model.ts';
import { ec2Described, ec2Errors, ec2OpenEnums } from './ec2-model.ts';
import { writeNotice } from './notice.ts';
import { typesOf } from './operation-types.ts';
import { withCreateSession } from './rolesanywhere-model.ts';
import { s3Addition, s3Errors, s3OpenEnums } from './s3-model.ts';

/** What botocore's model does not say about a service. */
interface Addition {
  /** One endpoint for all regions. */
  readonly isGlobal: boolean;
  readonly signingName: string;
  /** Its ValidationErrors repeat the value that was refused: seen on AWS of STS, not of IAM. */
  readonly isValueEchoed: boolean;
  /** Input members whose pattern AWS reports in a sentence of its own, once all else is in order: what follows `The specified value for X is invalid. ` */
  readonly patternMessages: Readonly<Record<string, string>>;
  /** Shapes whose values AWS keeps out of its messages, though the model does not call them sensitive. */
  readonly sensitive: readonly string[];
  /** The code of its validation errors, where it is not the common one. */
  readonly validationCode?: string;
  /** Of a large service, the operations whose shapes are kept: of the others only the names are. */
  readonly described?: readonly string[];
  /** Enums whose other values are refused by the operation, in words of its own. */
  readonly openEnums?: readonly string[];
  /** Errors that any operation may raise: code → status. */
  readonly errors?: Readonly<Record<string, number>>;
  readonly rest?: RestAddition;
  /** The model with what it leaves out. */
  readonly completed?: (source: Source) => Source;
}

/** What the model of a REST service leaves out. */
export interface RestAddition {
  /** Operations that are another's under an older name, or another product's, and cannot be told from it on the wire. */
  readonly leftOut: readonly string[];
  /** The status of a success where the model lacks it. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Of answers. */
  readonly xmlNamespace: string;
  /** Names in a query that mean a subresource which the model lacks: a request with one is for none of the operations that are known. */
  readonly otherSubresources: readonly string[];
  /** The root element of an output without a payload of its own. */
  readonly outputNames: Readonly<Record<string, string>>;
}

const nameMessage = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';
const pathMessage = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.';

/** Seen on AWS of userName, roleName, path, pathPrefix and accessKeyId; the rest are of their kinds. */
const iamPatternMessages = {
  UserName: nameMessage, NewUserName: nameMessage, GroupName: nameMessage, NewGroupName: nameMessage, RoleName: nameMessage, PolicyName: nameMessage,
  InstanceProfileName: nameMessage, ServerCertificateName: nameMessage, NewServerCertificateName: nameMessage, VirtualMFADeviceName: nameMessage,
  Path: pathMessage, NewPath: pathMessage,
  PathPrefix: 'It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  AccessKeyId: 'It must contain only alphanumeric characters.',
};

/** The services Gatehouse serves. */
const services: Readonly<Record<string, Addition>> = {
  iam: { isGlobal: true, signingName: 'iam', isValueEchoed: false, patternMessages: iamPatternMessages, sensitive: [] },
  codecommit: { isGlobal: false, signingName: 'codecommit', isValueEchoed: true, patternMessages: {}, sensitive: [] },
  ec2: { isGlobal: false, signingName: 'ec2', isValueEchoed: true, patternMessages: {}, sensitive: [], described: ec2Described, openEnums: ec2OpenEnums, errors: ec2Errors },
  rds: {
    isGlobal: false, signingName: 'rds', isValueEchoed: false, patternMessages: {}, sensitive: [],
    described: ['AddTagsToResource', 'CreateDBInstance', 'DeleteDBInstance', 'DescribeDBInstances', 'ListTagsForResource', 'ModifyDBInstance', 'RemoveTagsFromResource'],
  },
  'ec2-instance-connect': { isGlobal: false, signingName: 'ec2-instance-connect', isValueEchoed: true, patternMessages: {}, sensitive: [], validationCode: 'InvalidArgsException' },
  rolesanywhere: { isGlobal: false, signingName: 'rolesanywhere', isValueEchoed: true, patternMessages: {}, sensitive: [], completed: withCreateSession },
  logs: {
    isGlobal: false, signingName: 'logs', isValueEchoed: true, patternMessages: {}, sensitive: ['EventMessage'], validationCode: 'InvalidParameterException',
    described: [
      'CreateLogGroup', 'CreateLogStream', 'DeleteLogGroup', 'DeleteLogStream', 'DeleteRetentionPolicy', 'DescribeLogGroups', 'DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents', 'ListTagsForResource', 'ListTagsLogGroup',
      'PutLogEvents', 'PutLogGroupDeletionProtection', 'PutRetentionPolicy', 'TagLogGroup', 'TagResource', 'UntagLogGroup', 'UntagResource',
    ],
  },
  iot: {
    isGlobal: false, signingName: 'iot', isValueEchoed: true, patternMessages: {}, sensitive: [], validationCode: 'InvalidRequestException',
    described: [
      'CreateThing', 'DescribeThing', 'UpdateThing', 'DeleteThing', 'ListThings', 'CreateThingType', 'DescribeThingType', 'ListThingTypes', 'DeprecateThingType', 'DeleteThingType',
      'CreateKeysAndCertificate', 'CreateCertificateFromCsr', 'RegisterCertificate', 'RegisterCertificateWithoutCA', 'UpdateCertificate', 'DescribeCertificate', 'ListCertificates', 'ListCertificatesByCA', 'DeleteCertificate',
      'GetRegistrationCode', 'DeleteRegistrationCode', 'RegisterCACertificate', 'DescribeCACertificate', 'UpdateCACertificate', 'DeleteCACertificate', 'ListCACertificates',
      'CreatePolicy', 'GetPolicy', 'DeletePolicy', 'ListPolicies', 'CreatePolicyVersion', 'GetPolicyVersion', 'DeletePolicyVersion', 'ListPolicyVersions', 'SetDefaultPolicyVersion',
      'AttachPolicy', 'DetachPolicy', 'ListAttachedPolicies', 'ListTargetsForPolicy', 'AttachPrincipalPolicy', 'DetachPrincipalPolicy', 'ListPrincipalPolicies', 'ListPolicyPrincipals',
      'AttachThingPrincipal', 'DetachThingPrincipal', 'ListThingPrincipals', 'ListPrincipalThings',
      'CreateRoleAlias', 'DescribeRoleAlias', 'UpdateRoleAlias', 'DeleteRoleAlias', 'ListRoleAliases', 'DescribeEndpoint', 'TagResource', 'UntagResource', 'ListTagsForResource',
    ],
  },
  eks: {
    isGlobal: false, signingName: 'eks', isValueEchoed: true, patternMessages: {}, sensitive: [], validationCode: 'InvalidParameterException',
    described: [
      'CreatePodIdentityAssociation', 'DescribePodIdentityAssociation', 'ListPodIdentityAssociations', 'UpdatePodIdentityAssociation', 'DeletePodIdentityAssociation', 'DescribeCluster', 'ListClusters',
      'TagResource', 'UntagResource', 'ListTagsForResource',
    ],
  },
  'eks-auth': { isGlobal: false, signingName: 'eks-auth', isValueEchoed: true, patternMessages: {}, sensitive: [], validationCode: 'InvalidParameterException' },
  sts: { isGlobal: false, signingName: 'sts', isValueEchoed: true, patternMessages: {}, sensitive: ['externalIdType'] },
  s3: { isGlobal: false, signingName: 's3', isValueEchoed: false, patternMessages: {}, sensitive: [], openEnums: s3OpenEnums, errors: s3Errors, rest: s3Addition },
};

/** Botocore's names of the wires, and Smithy's. */
const protocols: Readonly<Record<string, string>> = { query: 'awsQuery', ec2: 'ec2Query', json: 'awsJson', 'rest-json': 'restJson', 'rest-xml': 'restXml' };

/** Only what routing, reading, checking and writing need: no documentation. */
function compactModel(service: string, addition: Addition, source: Source): Readonly<Record<string, unknown>> {
  const { metadata, operations, shapes } = source;
  const { sensitive, rest, errors = {}, described: _, openEnums: __, completed: ___, ...added } = addition;
  const protocol = protocols[metadata['protocol'] ?? ''];
  if (protocol === undefined) throw new Error(`${service}: unknown protocol ${metadata['protocol']}`);
  for (const name of sensitive) shapeOf(source, name);
  return {
    service,
    serviceId: metadata['serviceId'],
    apiVersion: metadata['apiVersion'],
    protocol,
    ...((metadata['xmlNamespace'] ?? rest?.xmlNamespace) && { xmlNamespace: metadata['xmlNamespace'] ?? rest?.xmlNamespace }),
    ...(metadata['targetPrefix'] && { targetPrefix: metadata['targetPrefix'], jsonVersion: metadata['jsonVersion'] }),
    endpointPrefix: metadata['endpointPrefix'],
    ...(rest && { otherSubresources: rest.otherSubresources }),
    ...added,
    operations: Object.fromEntries(Object.entries(operations).map(([name, { http, input, output, authtype, errors = [] }]) => [name, {
      ...(http.method === 'POST' && http.requestUri === '/' ? {} : { http }),
      ...(input && { input: input.shape }),
      ...(output && { output: output.shape }),
      ...((output?.resultWrapper ?? rest?.outputNames[name]) && { resultWrapper: output?.resultWrapper ?? rest?.outputNames[name] }),
      ...(authtype && { authtype }),
      errors: errors.map(({ shape }) => codeOf(shape, shapeOf(source, shape))),
    }])),
    errors: {
      ...Object.fromEntries(Object.entries(shapes).filter(([, shape]) => isError(shape)).map(([name, shape]) => [codeOf(name, shape), compactError(name, shape)])),
      ...Object.fromEntries(Object.entries(errors).map(([code, status]) => [code, { status, fault: status >= 500 ? 'Receiver' : 'Sender' }])),
    },
    shapes: Object.fromEntries(Object.entries(shapes).filter(([, shape]) => !isError(shape)).map(([name, shape]) => [name, {
      ...compactShape(shape),
      ...(sensitive.includes(name) && { sensitive: true }),
    }])),
  };
}

function compactError(name: string, { error, fault }: SourceShape): unknown {
  return {
    shape: name,
    status: error?.httpStatusCode ?? (fault ? 500 : 400),
    fault: fault || (error?.httpStatusCode ?? 400) >= 500 ? 'Receiver' : 'Sender',
  };
}

function compactShape(shape: SourceShape): Readonly<Record<string, unknown>> {
  const { documentation: _, box: __, synthetic: ___, members, member, key, value, ...rest } = shape;
  return {
    ...rest,
    ...(members && { members: Object.fromEntries(Object.entries(members).map(([name, m]) => [name, compactMember(m)])) }),
    ...(member && { member: compactMember(member) }),
    ...(key && { key: compactMember(key) }),
    ...(value && { value: compactMember(value) }),
  };
}

/** A member without traits is its shape's name. */
function compactMember({ documentation: _, box: __, contextParam: ___, deprecated: ____, hostLabel: _____, idempotencyToken: ______, eventpayload: _______, shape, ...traits }: SourceMember): unknown {
  return Object.keys(traits).length === 0 ? shape : { shape, ...traits };
}

function amended(source: Source, { leftOut, statuses }: RestAddition): Source {
  for (const name of [...leftOut, ...Object.keys(statuses)]) if (!Object.hasOwn(source.operations, name)) throw new Error(`the model lacks the operation ${name}`);
  const operations = Object.entries(source.operations).filter(([name]) => !leftOut.includes(name));
  return {
    ...source,
    operations: Object.fromEntries(operations.map(([name, operation]) => [name, statuses[name] === undefined ? operation : { ...operation, http: { ...operation.http, responseCode: statuses[name] } }])),
  };
}

/** The enums that are open are texts like any other. */
function opened(source: Source, openEnums: readonly string[] = []): Source {
  for (const name of openEnums) shapeOf(source, name);
  return { ...source, shapes: Object.fromEntries(Object.entries(source.shapes).map(([name, shape]) => [name, openEnums.includes(name) ? { type: shape.type } : shape])) };
}

/** The model without the inputs, outputs and errors of operations that are not described, and the shapes that nothing then names. */
function onlyDescribed(source: Source, described: readonly string[] | undefined): Source {
  if (!described) return source;
  for (const name of described) if (!Object.hasOwn(source.operations, name)) throw new Error(`the model lacks the operation ${name}`);
  const operations: Source['operations'] = Object.fromEntries(Object.entries(source.operations).map(([name, operation]) => [name, described.includes(name) ? operation : { http: operation.http }]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    const { members = {}, member, key, value } = shapeOf(source, name);
    for (const part of [...Object.values(members), member, key, value]) if (part) need(part.shape);
  };
  for (const { input, output, errors = [] } of Object.values(operations)) for (const part of [input, output, ...errors]) if (part) need(part.shape);
  return { ...source, operations, shapes: Object.fromEntries(Object.entries(source.shapes).filter(([name]) => needed.has(name))) };
}

writeFileSync(new URL('../models/gatehouse.ts', import.meta.url), ownTypes());
const data = findData(process.argv[2]);
const version = readVersion(data);
for (const [service, addition] of Object.entries(services)) {
  const read = readSource(data, service);
  const described = opened(onlyDescribed(addition.completed?.(read) ?? read, addition.described), addition.openEnums);
  const source = addition.rest ? amended(described, addition.rest) : described;
  writeFileSync(new URL(`../models/${service}.json`, import.meta.url), `${JSON.stringify(compactModel(service, addition, source), null, 1)}\n`);
  writeFileSync(new URL(`../models/${service}.ts`, import.meta.url), typesOf(service, source, Object.keys(addition.errors ?? {})));
  console.log(`${service}: ${Object.keys(source.operations).length} operations, ${Object.keys(source.shapes).length} shapes, from botocore ${version}`);
}
writeNotice('models/', [
  `The service models are compacted from those of botocore ${version}, without their documentation, and the types`,
  'of operations are written from them.',
  '',
  'Botocore',
  'Copyright 2012-2022 Amazon.com, Inc. or its affiliates. All Rights Reserved.',
  '',
  'Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0',
].join('\n'));
