/** Key pairs: what people sign in to instances with, and to nothing else. Source: "CreateKeyPair" and its siblings (EC2 API Reference). */
import type { DeleteKeyPairRequest, Ec2, KeyPairInfo } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import { makeKeyPair } from '../../credentials/ec2-key-pair.ts';
import type { PublicKeyOfPair } from '../../credentials/ec2-key-pair.ts';
import { readImportableKey } from '../../credentials/importable-key.ts';
import type { KeyPairDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { TagDoc } from '../../store/tables.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { ec2Arn, keyPairAsk, noResource, tagOnCreateAsk } from './access.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { isEc2Id, newEc2Id } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { findKeyPair, tagsOf } from './lookup.ts';
import type { Place, RaiseEc2 } from './lookup.ts';
import { putTags, readTagSpecifications, requestTagContext, shownTags } from './tag-rules.ts';

const filters: FilterTable<KeyPairDoc> = {
  'key-pair-id': ({ KeyPairId }) => KeyPairId,
  'key-name': ({ KeyName }) => KeyName,
  fingerprint: ({ KeyFingerprint }) => KeyFingerprint,
  'key-type': ({ KeyType }) => KeyType,
};

export const keyPairs = {
  CreateKeyPair: {
    access: ({ KeyName, KeyType = 'rsa', TagSpecifications }, context) => creationAsks(context, 'CreateKeyPair', KeyName, specifiedTags(TagSpecifications, context.error), { 'ec2:KeyPairType': KeyType }),
    async run({ KeyName, KeyType = 'rsa', KeyFormat = 'pem', TagSpecifications }, context) {
      // The work is not done for a name that is taken.
      checkName(context.view, context.region, KeyName, context.error);
      const { privateKey, ...made } = await makeKeyPair(KeyType, KeyFormat, context.random);
      const { KeyPairId, KeyFingerprint, Tags } = await keep(context, KeyName, made, specifiedTags(TagSpecifications, context.error));
      return { KeyName, KeyPairId, KeyFingerprint, KeyMaterial: privateKey, Tags };
    },
  },

  ImportKeyPair: {
    access: ({ KeyName, TagSpecifications }, context) => creationAsks(context, 'ImportKeyPair', KeyName, specifiedTags(TagSpecifications, context.error)),
    run({ KeyName, PublicKeyMaterial, TagSpecifications }, context) {
      checkName(context.view, context.region, KeyName, context.error);
      const key = readImportableKey(Buffer.from(PublicKeyMaterial).toString('latin1'));
      if (key === 'format') throw context.error('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
      if (key === 'length') throw context.error('InvalidKey.Format', 'Key length is not supported: RSA keys have 1024, 2048 or 4096 bits');
      return keep(context, KeyName, key, specifiedTags(TagSpecifications, context.error));
    },
  },

  DescribeKeyPairs: {
    access: (_, context) => noResource(context),
    run({ KeyNames = [], KeyPairIds = [], Filters, IncludePublicKey = false }, { view, region, error }) {
      if (KeyNames.length + KeyPairIds.length > ec2Limits.namedMax) throw error('InvalidParameterValue', `A request can name at most ${ec2Limits.namedMax} key pairs.`);
      const all = KeyNames.length + KeyPairIds.length === 0 ? view.keyPairs.listBy('region', region) : namedPairs(view, region, KeyNames, KeyPairIds, error);
      const tags = ({ KeyPairId }: KeyPairDoc): readonly TagDoc[] => tagsOf(view, region, KeyPairId);
      return { KeyPairs: filtered(all, Filters, filters, error, tags).map((pair) => shown(pair, tags(pair), IncludePublicKey)) };
    },
  },

  DeleteKeyPair: {
    access: (input, context) => {
      const name = statedName(input, context);
      return [name === undefined ? { resource: ec2Arn(context, 'key-pair', '*'), context: { 'ec2:Region': context.region } } : keyPairAsk(context, name)];
    },
    run: (input, context) => context.write((draft) => {
      if (input.KeyName === undefined && input.KeyPairId === undefined) throw context.error('MissingParameter', 'The request must contain the parameter KeyName or KeyPairId');
      const name = statedName(input, { ...context, view: draft });
      const pair = name === undefined ? undefined : findKeyPair(draft, context.region, name);
      // AWS: one that is gone is gone.
      if (!pair) return { Return: true };
      draft.keyPairs.remove(pairKey(context.region, pair.KeyPairId));
      draft.ec2Tags.remove(pairKey(context.region, pair.KeyPairId));
      return { Return: true, KeyPairId: pair.KeyPairId };
    }),
  },
} satisfies Operations<Ec2, 'CreateKeyPair' | 'ImportKeyPair' | 'DescribeKeyPairs' | 'DeleteKeyPair'>;

const specifiedTags = (specifications: Parameters<typeof readTagSpecifications>[0], error: RaiseEc2): readonly TagDoc[] => readTagSpecifications(specifications, ['key-pair'], error).get('key-pair') ?? [];

function creationAsks(place: Omit<Place, 'error'>, action: string, name: string, tags: readonly TagDoc[], extra = {}): readonly [Ask, ...Ask[]] {
  const ask = { resource: ec2Arn(place, 'key-pair', name), context: { 'ec2:Region': place.region, ...extra, ...requestTagContext(tags) } };
  return tags.length === 0 ? [ask] : [ask, tagOnCreateAsk(place, 'key-pair', name, action, tags)];
}

/** Source: "Create a key pair": "up to 255 ASCII characters. It can't include leading or trailing spaces." */
function checkName(view: AccountView, region: string, name: string, error: RaiseEc2): void {
  if (!/^[\x20-\x7e]{1,255}$/.test(name) || name !== name.trim()) throw error('InvalidParameterValue', `Value (${name.slice(0, 255)}) for parameter KeyName is invalid. It must be up to 255 ASCII characters without leading or trailing spaces.`);
  if (findKeyPair(view, region, name)) throw error('InvalidKeyPair.Duplicate', `The keypair already exists`);
}

async function keep({ write, region, now, random, error }: RunContext<never> & { readonly error: RaiseEc2 }, KeyName: string, { type, openSsh, fingerprint }: PublicKeyOfPair, tags: readonly TagDoc[]): Promise<{ readonly KeyName: string; readonly KeyPairId: string; readonly KeyFingerprint: string; readonly Tags: ReturnType<typeof shownTags> }> {
  const pair: KeyPairDoc = { KeyPairId: newEc2Id('key', random), Region: region, KeyName, KeyType: type, KeyFingerprint: fingerprint, PublicKey: openSsh, CreateDate: now };
  await write((draft) => {
    checkName(draft, region, KeyName, error);
    if (draft.keyPairs.countBy('region', region) >= ec2Limits.keyPairsMax) throw error('KeyPairLimitExceeded', `You have reached the limit of ${ec2Limits.keyPairsMax} key pairs in this region.`);
    draft.keyPairs.insert(pair);
    putTags(draft, region, pair.KeyPairId, 'key-pair', tags, error);
  });
  return { KeyName, KeyPairId: pair.KeyPairId, KeyFingerprint: fingerprint, Tags: shownTags(tags) };
}

function namedPairs(view: AccountView, region: string, names: readonly string[], ids: readonly string[], error: RaiseEc2): readonly KeyPairDoc[] {
  const found = new Map<string, KeyPairDoc>();
  for (const name of names) {
    const pair = findKeyPair(view, region, name);
    if (!pair) throw error('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
    found.set(pair.KeyPairId, pair);
  }
  for (const id of ids) {
    const pair = view.keyPairs.find(pairKey(region, id));
    if (!pair) throw error('InvalidKeyPair.NotFound', `The key pair ID '${id}' does not exist`);
    found.set(id, pair);
  }
  return [...found.values()];
}

/** The name of what is to be deleted, by name or by id; undefined where no such id is, or none is given. */
function statedName({ KeyName, KeyPairId }: DeleteKeyPairRequest, { view, region, error }: Pick<Place, 'view' | 'region' | 'error'>): string | undefined {
  if (KeyName !== undefined && KeyPairId !== undefined) throw error('InvalidParameterCombination', 'The parameters KeyName and KeyPairId cannot be used together');
  if (KeyName !== undefined || KeyPairId === undefined) return KeyName;
  if (!isEc2Id(KeyPairId, 'key')) throw error('InvalidParameterValue', `Value (${KeyPairId.slice(0, 128)}) for parameter KeyPairId is invalid.`);
  return view.keyPairs.find(pairKey(region, KeyPairId))?.KeyName;
}

function shown({ KeyPairId, KeyName, KeyType, KeyFingerprint, CreateDate, PublicKey }: KeyPairDoc, tags: readonly TagDoc[], hasPublicKey: boolean): KeyPairInfo {
  // AWS: the line that was imported loses its comment, and gets the pair's name as one.
  return { KeyPairId, KeyName, KeyType, KeyFingerprint, CreateTime: CreateDate, Tags: shownTags(tags), ...(hasPublicKey && { PublicKey: `${PublicKey} ${KeyName}` }) };
}
