/** Things, certificates, policies and role aliases as operations name them, and what is asked permission for. Source: "Actions, resources, and condition keys for AWS IoT". */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { CaCertificateDoc, DeviceCertificateDoc, DevicePolicyDoc, RoleAliasDoc, ThingDoc, ThingTypeDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { AccessContext } from '../operation.ts';

/** The words for them in ARNs. */
export type Kind = 'thing' | 'thingtype' | 'cert' | 'cacert' | 'policy' | 'rolealias';

type Place = Pick<AccessContext<never>, 'account' | 'region'>;
type NotFound = Raise<'ResourceNotFoundException'>;

export const iotArn = ({ account, region }: Place, kind: Kind, name: string): string => `arn:${arn.partition}:iot:${region}:${account}:${kind}/${name}`;

export const iotAsk = (place: Place, kind: Kind, name: string, context: Ask['context'] = {}): Ask => ({ resource: iotArn(place, kind, name), context });

/** Asks for what has tags, with them where it is there. */
export const taggedAsk = (place: Place, kind: Kind, name: string, doc: { readonly Tags?: readonly TagDoc[] | undefined } | undefined, context: Ask['context'] = {}): Ask =>
  iotAsk(place, kind, name, { ...Object.fromEntries((doc?.Tags ?? []).map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value])), ...context });

/** Asks for what has no resource of its own. */
export const anyAsk = (context: Ask['context'] = {}): Ask => ({ resource: '*', context });

/** The name in an ARN of that kind: of the caller's own account, in the region that is asked; undefined for any other text. */
export function nameIn(text: string, kind: Kind, { account, region }: Place): string | undefined {
  const parsed = arn.parse(text);
  const isHere = parsed?.service === 'iot' && parsed.partition === arn.partition && parsed.account === account && parsed.region === region;
  return isHere && parsed.resource.startsWith(`${kind}/`) ? parsed.resource.slice(kind.length + 1) : undefined;
}

/** The certificate that a principal or a target is: there are no others here, neither Cognito identities nor groups of things. */
export function certificateIdOf(principal: string, place: Place, error: Raise<'InvalidRequestException'>): string {
  const id = nameIn(principal, 'cert', place);
  if (id === undefined || !/^[0-9a-f]{64}$/.test(id)) throw error('InvalidRequestException', `${principal} is no certificate of this account in this region.`);
  return id;
}

export const findThing = (view: AccountView, region: string, name: string): ThingDoc | undefined => view.things.findBy('name', pairKey(region, name));

/** AWS: `Thing X not found`. */
export function getThing(view: AccountView, region: string, name: string, error: NotFound): ThingDoc {
  const thing = findThing(view, region, name);
  if (!thing) throw error('ResourceNotFoundException', `Thing ${name} not found`);
  return thing;
}

export const findThingType = (view: AccountView, region: string, name: string): ThingTypeDoc | undefined => view.thingTypes.findBy('name', pairKey(region, name));

export function getThingType(view: AccountView, region: string, name: string, error: NotFound): ThingTypeDoc {
  const type = findThingType(view, region, name);
  if (!type) throw error('ResourceNotFoundException', `Thing type ${name} not found`);
  return type;
}

/** Ids are written in either case, and may begin as hexadecimal numbers do. */
export const foldId = (id: string): string => id.replace(/^0x/i, '').toLowerCase();

export function getCertificate(view: AccountView, region: string, id: string, error: NotFound): DeviceCertificateDoc {
  const certificate = view.deviceCertificates.find(foldId(id));
  if (!certificate || certificate.Region !== region) throw error('ResourceNotFoundException', `The certificate given does not exist. Certificate ID: ${id}`);
  return certificate;
}

export const findCaCertificate = (view: AccountView, region: string, id: string): CaCertificateDoc | undefined => view.caCertificates.find(pairKey(region, foldId(id)));

export function getCaCertificate(view: AccountView, region: string, id: string, error: NotFound): CaCertificateDoc {
  const certificate = findCaCertificate(view, region, id);
  if (!certificate) throw error('ResourceNotFoundException', `The CA certificate given does not exist. Certificate ID: ${id}`);
  return certificate;
}

export const findPolicy = (view: AccountView, region: string, name: string): DevicePolicyDoc | undefined => view.devicePolicies.findBy('name', pairKey(region, name));

export function getPolicy(view: AccountView, region: string, name: string, error: NotFound): DevicePolicyDoc {
  const policy = findPolicy(view, region, name);
  if (!policy) throw error('ResourceNotFoundException', `Policy not found, policy name: ${name}`);
  return policy;
}

export const findRoleAlias = (view: AccountView, region: string, name: string): RoleAliasDoc | undefined => view.roleAliases.find(pairKey(region, name));

export function getRoleAlias(view: AccountView, region: string, name: string, error: NotFound): RoleAliasDoc {
  const alias = findRoleAlias(view, region, name);
  if (!alias) throw error('ResourceNotFoundException', `RoleAlias ${name} not found`);
  return alias;
}
