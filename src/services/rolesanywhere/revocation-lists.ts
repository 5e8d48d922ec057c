/** Lists of certificates that their authorities took back. Source: "ImportCrl" and its siblings (IAM Roles Anywhere API Reference). */
import { newUuid } from '../../base/ids.ts';
import type { CrlDetail, Rolesanywhere } from '../../../models/rolesanywhere.ts';
import type { RevocationListDoc } from '../../store/roles-anywhere-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, SignedOperation } from '../operation.ts';
import { readCrl } from './certificate-bundle.ts';
import { rolesAnywhereLimits } from './limits.ts';
import { anyAsk, find, get, listOf, parseResourceArn, requestTagContext, resourceArn, resourceAsk } from './lookup.ts';
import { pageOf } from './paging.ts';
import { readTags } from './tags.ts';

type Switch = SignedOperation<Rolesanywhere['EnableCrl']['input'], Rolesanywhere['EnableCrl']['output'], Rolesanywhere['EnableCrl']['errors']>;

const turned = (Enabled: boolean): Switch => ({
  access: ({ crlId }, context) => [resourceAsk('crl', context, crlId)],
  run: ({ crlId }, { write, account, region, now, error }) => write((draft) => {
    const list = { ...get('crl', draft, region, crlId, error), Enabled, UpdateDate: now };
    draft.revocationLists.update(list);
    return { crl: shownList(list, account) };
  }),
});

export const revocationLists = {
  ImportCrl: {
    access: ({ tags }, { error }) => [anyAsk(requestTagContext(readTags(tags, error)))],
    run({ name, crlData, enabled = false, tags, trustAnchorArn }, { write, account, region, now, random, error }) {
      const Tags = readTags(tags, error);
      const parsed = parseResourceArn(trustAnchorArn);
      const CrlId = newUuid(random);
      return write((draft) => {
        const anchor = parsed?.kind === 'trust-anchor' && parsed.account === account && parsed.region === region ? find('trust-anchor', draft, region, parsed.id) : undefined;
        if (!anchor) throw error('ValidationException', `${trustAnchorArn} is no trust anchor of this account in this region.`);
        if (draft.revocationLists.countBy('anchor', pairKey(region, anchor.TrustAnchorId)) >= rolesAnywhereLimits.listsPerAnchorMax) throw error('ValidationException', `A trust anchor can have at most ${rolesAnywhereLimits.listsPerAnchorMax} CRLs.`);
        const list: RevocationListDoc = {
          CrlId, Region: region, Name: name, TrustAnchorId: anchor.TrustAnchorId, List: readCrl(crlData, anchor.Certificates, error), Enabled: enabled, CreateDate: now, UpdateDate: now, ...(Tags.length > 0 && { Tags }),
        };
        draft.revocationLists.insert(list);
        return { crl: shownList(list, account) };
      });
    },
  },

  GetCrl: {
    access: ({ crlId }, context) => [resourceAsk('crl', context, crlId)],
    run: ({ crlId }, { view, account, region, error }) => ({ crl: shownList(get('crl', view, region, crlId, error), account) }),
  },

  ListCrls: {
    access: () => [anyAsk()],
    run(page, context) {
      const { docs, end } = pageOf(listOf('crl', context.view, context.region), ({ CrlId }) => CrlId, page, context);
      return { crls: docs.map((list) => shownList(list, context.account)), ...end };
    },
  },

  UpdateCrl: {
    access: ({ crlId }, context) => [resourceAsk('crl', context, crlId)],
    run: ({ crlId, name, crlData }, { write, account, region, now, error }) => write((draft) => {
      const found = get('crl', draft, region, crlId, error);
      // INVARIANT: a list goes with its anchor, so that this one is there.
      const { Certificates } = find('trust-anchor', draft, region, found.TrustAnchorId)!;
      const list = { ...found, ...(name !== undefined && { Name: name }), ...(crlData && { List: readCrl(crlData, Certificates, error) }), UpdateDate: now };
      draft.revocationLists.update(list);
      return { crl: shownList(list, account) };
    }),
  },

  EnableCrl: turned(true),
  DisableCrl: turned(false),

  DeleteCrl: {
    access: ({ crlId }, context) => [resourceAsk('crl', context, crlId)],
    run: ({ crlId }, { write, account, region, error }) => write((draft) => {
      const list = get('crl', draft, region, crlId, error);
      draft.revocationLists.remove(pairKey(region, crlId));
      return { crl: shownList(list, account) };
    }),
  },
} satisfies Operations<Rolesanywhere, 'ImportCrl' | 'GetCrl' | 'ListCrls' | 'UpdateCrl' | 'EnableCrl' | 'DisableCrl' | 'DeleteCrl'>;

function shownList({ CrlId, Region, Name, TrustAnchorId, List, Enabled, CreateDate, UpdateDate }: RevocationListDoc, account: string): CrlDetail {
  return {
    crlId: CrlId, crlArn: resourceArn(account, Region, 'crl', CrlId), name: Name, enabled: Enabled, crlData: Buffer.from(List, 'latin1'), trustAnchorArn: resourceArn(account, Region, 'trust-anchor', TrustAnchorId),
    createdAt: CreateDate, updatedAt: UpdateDate,
  };
}
