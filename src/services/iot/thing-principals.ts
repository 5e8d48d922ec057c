/** Which certificates things have. Source: "AttachThingPrincipal" and its siblings (AWS IoT API Reference). */
import type { Iot } from '../../../models/iot.ts';
import type { Ask } from '../../authz/ask.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { certificateIdOf, getCertificate, getThing, iotArn, iotAsk } from './lookup.ts';
import { tokenPage } from './paging.ts';

/** Source: the table of actions: asked for the certificate, with the thing as a condition. */
const principalAsk = (principal: string, thingName: string, context: Pick<AccessContext<'InvalidRequestException'>, 'account' | 'region' | 'error'>): Ask =>
  iotAsk(context, 'cert', certificateIdOf(principal, context, context.error), { 'iot:thingArn': iotArn(context, 'thing', thingName) });

export const thingPrincipals = {
  AttachThingPrincipal: {
    access: ({ principal, thingName }, context) => [principalAsk(principal, thingName, context)],
    run: ({ thingName, principal, thingPrincipalType = 'NON_EXCLUSIVE_THING' }, { write, account, region, error }) => write((draft) => {
      const { ThingId } = getThing(draft, region, thingName, error);
      const { CertificateId } = getCertificate(draft, region, certificateIdOf(principal, { account, region }, error), error);
      const IsExclusive = thingPrincipalType === 'EXCLUSIVE_THING';
      const others = draft.thingPrincipals.listBy('certificate', CertificateId).filter((one) => one.ThingId !== ThingId);
      if (others.length > 0 && (IsExclusive || others.some((one) => one.IsExclusive))) throw error('InvalidRequestException', 'The certificate is attached to another thing, and one of the two is to have it alone.');
      if (others.length >= iotLimits.thingsPerCertificateMax) throw error('InvalidRequestException', `A certificate can be attached to at most ${iotLimits.thingsPerCertificateMax} things.`);
      const attachment = { ThingId, CertificateId, IsExclusive };
      if (!draft.thingPrincipals.insert(attachment)) draft.thingPrincipals.update(attachment);
      return {};
    }),
  },

  DetachThingPrincipal: {
    access: ({ principal, thingName }, context) => [principalAsk(principal, thingName, context)],
    run: ({ thingName, principal }, { write, account, region, error }) => write((draft) => {
      const { ThingId } = getThing(draft, region, thingName, error);
      if (!draft.thingPrincipals.remove(pairKey(certificateIdOf(principal, { account, region }, error), ThingId))) throw error('ResourceNotFoundException', `The principal is not attached to the thing ${thingName}`);
      return {};
    }),
  },

  ListThingPrincipals: {
    access: ({ thingName }, context) => [iotAsk(context, 'thing', thingName)],
    run({ thingName, ...page }, context) {
      const { ThingId } = getThing(context.view, context.region, thingName, context.error);
      const { items, end } = tokenPage(context.view.thingPrincipals.listBy('thing', ThingId), ({ CertificateId }) => CertificateId, page, context);
      return { principals: items.map(({ CertificateId }) => iotArn(context, 'cert', CertificateId)), ...end };
    },
  },

  ListPrincipalThings: {
    access: ({ principal }, context) => [iotAsk(context, 'cert', certificateIdOf(principal, context, context.error))],
    run({ principal, ...page }, context) {
      const { view, region, account, error } = context;
      const { CertificateId } = getCertificate(view, region, certificateIdOf(principal, { account, region }, error), error);
      const names = view.thingPrincipals.listBy('certificate', CertificateId).map(({ ThingId }) => view.things.find(ThingId)!.ThingName);
      const { items, end } = tokenPage(names, (name) => name, page, context);
      return { things: items, ...end };
    },
  },
} satisfies Operations<Iot, 'AttachThingPrincipal' | 'DetachThingPrincipal' | 'ListThingPrincipals' | 'ListPrincipalThings'>;
