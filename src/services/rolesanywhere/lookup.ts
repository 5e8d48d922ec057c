/** Trust anchors, profiles, revocation lists and subjects: as operations name them, and what is asked permission for. Source: "Actions, resources, and condition keys for AWS Identity and Access Management Roles Anywhere". */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { CertificateSubjectDoc, RevocationListDoc, RolesAnywhereProfileDoc, TrustAnchorDoc } from '../../store/roles-anywhere-docs.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { AccessContext } from '../operation.ts';

/** What there is, by the word for it in ARNs. */
export interface Docs { readonly 'trust-anchor': TrustAnchorDoc; readonly profile: RolesAnywhereProfileDoc; readonly crl: RevocationListDoc; readonly subject: CertificateSubjectDoc }

export type Kind = keyof Docs;

interface KindRow<Doc> {
  readonly called: string;
  readonly find: (view: AccountView, key: string) => Doc | undefined;
  readonly listBy: (view: AccountView, region: string) => readonly Doc[];
  readonly update: (draft: Draft, doc: Doc) => void;
}

const kinds: { readonly [K in Kind]: KindRow<Docs[K]> } = {
  'trust-anchor': { called: 'Trust anchor', find: (view, key) => view.trustAnchors.find(key), listBy: (view, region) => view.trustAnchors.listBy('region', region), update: (draft, doc) => void draft.trustAnchors.update(doc) },
  profile: { called: 'Profile', find: (view, key) => view.rolesAnywhereProfiles.find(key), listBy: (view, region) => view.rolesAnywhereProfiles.listBy('region', region), update: (draft, doc) => void draft.rolesAnywhereProfiles.update(doc) },
  crl: { called: 'CRL', find: (view, key) => view.revocationLists.find(key), listBy: (view, region) => view.revocationLists.listBy('region', region), update: (draft, doc) => void draft.revocationLists.update(doc) },
  subject: { called: 'Subject', find: (view, key) => view.certificateSubjects.find(key), listBy: (view, region) => view.certificateSubjects.listBy('region', region), update: (draft, doc) => void draft.certificateSubjects.update(doc) },
};

export const resourceArn = (account: string, region: string, kind: Kind, id: string): string => `arn:${arn.partition}:rolesanywhere:${region}:${account}:${kind}/${id}`;

/** An ARN of one of the kinds, taken apart; undefined for any other text. */
export function parseResourceArn(text: string): { readonly account: string; readonly region: string; readonly kind: Kind; readonly id: string } | undefined {
  const parsed = arn.parse(text);
  const slash = parsed?.resource.indexOf('/') ?? -1;
  if (!parsed || parsed.service !== 'rolesanywhere' || parsed.partition !== arn.partition || !/^\d{12}$/.test(parsed.account) || slash < 0) return undefined;
  const [kind, id] = [parsed.resource.slice(0, slash), parsed.resource.slice(slash + 1)];
  return Object.hasOwn(kinds, kind) && /^[0-9a-f-]{36}$/.test(id) ? { account: parsed.account, region: parsed.region, kind: kind as Kind, id } : undefined;
}

export const find = <K extends Kind>(kind: K, view: AccountView, region: string, id: string): Docs[K] | undefined => kinds[kind].find(view, pairKey(region, id));

/** GUESS: the words. */
export function get<K extends Kind>(kind: K, view: AccountView, region: string, id: string, error: Raise<'ResourceNotFoundException'>): Docs[K] {
  const doc = find(kind, view, region, id);
  if (!doc) throw error('ResourceNotFoundException', `${kinds[kind].called} with id ${id} was not found.`);
  return doc;
}

export const listOf = <K extends Kind>(kind: K, view: AccountView, region: string): readonly Docs[K][] => kinds[kind].listBy(view, region);

export const update = <K extends Kind>(kind: K, draft: Draft, doc: Docs[K]): void => kinds[kind].update(draft, doc);

/** Asks for a resource, with its tags where it is there. */
export function resourceAsk(kind: Kind, { view, account, region }: Pick<AccessContext<never>, 'view' | 'account' | 'region'>, id: string, context: Ask['context'] = {}): Ask {
  return { resource: resourceArn(account, region, kind, id), context: { ...tagContext('aws:ResourceTag/', find(kind, view, region, id)?.Tags), ...context } };
}

/** Asks for what has no resource of its own. */
export const anyAsk = (context: Ask['context'] = {}): Ask => ({ resource: '*', context });

export function requestTagContext(tags: readonly TagDoc[]): NonNullable<Ask['context']> {
  return tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key), ...tagContext('aws:RequestTag/', tags) };
}

function tagContext(prefix: string, tags: readonly TagDoc[] = []): NonNullable<Ask['context']> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`${prefix}${Key}`, Value]));
}
