/** Trust anchors: the authorities whose certificates open sessions. Source: "CreateTrustAnchor" and its siblings (IAM Roles Anywhere API Reference). */
import { newUuid } from '../../base/ids.ts';
import type { Rolesanywhere } from '../../../models/rolesanywhere.ts';
import type { TrustAnchorDoc } from '../../store/roles-anywhere-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, SignedOperation } from '../operation.ts';
import { readSource } from './certificate-bundle.ts';
import { rolesAnywhereLimits } from './limits.ts';
import { anyAsk, get, listOf, requestTagContext, resourceAsk } from './lookup.ts';
import { readNotifications } from './notification-settings.ts';
import { pageOf } from './paging.ts';
import { shownAnchor } from './shown-anchor.ts';
import { readTags } from './tags.ts';

type Switch = SignedOperation<Rolesanywhere['EnableTrustAnchor']['input'], Rolesanywhere['EnableTrustAnchor']['output'], Rolesanywhere['EnableTrustAnchor']['errors']>;

const turned = (Enabled: boolean): Switch => ({
  access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
  run: ({ trustAnchorId }, { write, account, region, now, error }) => write((draft) => {
    const anchor = { ...get('trust-anchor', draft, region, trustAnchorId, error), Enabled, UpdateDate: now };
    draft.trustAnchors.update(anchor);
    return { trustAnchor: shownAnchor(anchor, account) };
  }),
});

export const trustAnchors = {
  CreateTrustAnchor: {
    access: ({ tags }, { error }) => [anyAsk(requestTagContext(readTags(tags, error)))],
    run({ name, source, enabled = false, tags, notificationSettings }, { write, account, region, now, random, error }) {
      const Tags = readTags(tags, error);
      const Notifications = readNotifications(notificationSettings ?? [], error);
      const anchor: TrustAnchorDoc = {
        TrustAnchorId: newUuid(random), Region: region, Name: name, Certificates: readSource(source, now, error), Enabled: enabled, CreateDate: now, UpdateDate: now,
        ...(Notifications.length > 0 && { Notifications }), ...(Tags.length > 0 && { Tags }),
      };
      return write((draft) => {
        if (draft.trustAnchors.countBy('region', region) >= rolesAnywhereLimits.trustAnchorsMax) throw error('ValidationException', `An account can have at most ${rolesAnywhereLimits.trustAnchorsMax} trust anchors in a region.`);
        draft.trustAnchors.insert(anchor);
        return { trustAnchor: shownAnchor(anchor, account) };
      });
    },
  },

  GetTrustAnchor: {
    access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
    run: ({ trustAnchorId }, { view, account, region, error }) => ({ trustAnchor: shownAnchor(get('trust-anchor', view, region, trustAnchorId, error), account) }),
  },

  ListTrustAnchors: {
    access: () => [anyAsk()],
    run(page, context) {
      const { docs, end } = pageOf(listOf('trust-anchor', context.view, context.region), ({ TrustAnchorId }) => TrustAnchorId, page, context);
      return { trustAnchors: docs.map((anchor) => shownAnchor(anchor, context.account)), ...end };
    },
  },

  UpdateTrustAnchor: {
    access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
    run({ trustAnchorId, name, source }, { write, account, region, now, error }) {
      const Certificates = source && readSource(source, now, error);
      return write((draft) => {
        const anchor = { ...get('trust-anchor', draft, region, trustAnchorId, error), ...(name !== undefined && { Name: name }), ...(Certificates !== undefined && { Certificates }), UpdateDate: now };
        draft.trustAnchors.update(anchor);
        return { trustAnchor: shownAnchor(anchor, account) };
      });
    },
  },

  EnableTrustAnchor: turned(true),
  DisableTrustAnchor: turned(false),

  DeleteTrustAnchor: {
    access: ({ trustAnchorId }, context) => [resourceAsk('trust-anchor', context, trustAnchorId)],
    run: ({ trustAnchorId }, { write, account, region, error }) => write((draft) => {
      const anchor = get('trust-anchor', draft, region, trustAnchorId, error);
      // GUESS: its lists go with it; they say something of nobody else.
      for (const { CrlId } of draft.revocationLists.listBy('anchor', pairKey(region, trustAnchorId))) draft.revocationLists.remove(pairKey(region, CrlId));
      draft.trustAnchors.remove(pairKey(region, trustAnchorId));
      return { trustAnchor: shownAnchor(anchor, account) };
    }),
  },
} satisfies Operations<Rolesanywhere, 'CreateTrustAnchor' | 'GetTrustAnchor' | 'ListTrustAnchors' | 'UpdateTrustAnchor' | 'EnableTrustAnchor' | 'DisableTrustAnchor' | 'DeleteTrustAnchor'>;
