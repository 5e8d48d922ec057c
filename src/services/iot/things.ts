/** Things: devices as the registry knows them. Source: "CreateThing" and its siblings (AWS IoT API Reference). */
import { newUuid } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { AttributePayload, Iot } from '../../../models/iot.ts';
import type { ThingDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, findThing, findThingType, getThing, iotArn, iotAsk } from './lookup.ts';
import { tokenPage } from './paging.ts';

export const things = {
  CreateThing: {
    access: ({ thingName }, context) => [iotAsk(context, 'thing', thingName)],
    run({ thingName, thingTypeName, attributePayload, billingGroupName }, context) {
      const { write, region, random, error } = context;
      if (billingGroupName !== undefined) throw error('ResourceNotFoundException', `Billing group ${billingGroupName} not found`);
      const ThingId = newUuid(random);
      return write((draft) => {
        checkType(draft, region, thingTypeName, error);
        const Attributes = attributesAfter({}, attributePayload, thingTypeName !== undefined, error);
        const thing: ThingDoc = { ThingId, Region: region, ThingName: thingName, Attributes, Version: 1, ...(thingTypeName !== undefined && { ThingTypeName: thingTypeName }) };
        const found = findThing(draft, region, thingName);
        // AWS: the same thing once more is the one that is there. Source: "CreateThing".
        if (found && (found.ThingTypeName !== thingTypeName || !isSame(found.Attributes, Attributes))) throw error('ResourceAlreadyExistsException', `Thing ${thingName} already exists in account with different attributes`);
        if (!found) draft.things.insert(thing);
        return { thingName, thingArn: iotArn(context, 'thing', thingName), thingId: (found ?? thing).ThingId };
      });
    },
  },

  DescribeThing: {
    access: ({ thingName }, context) => [iotAsk(context, 'thing', thingName)],
    run({ thingName }, context) {
      const { ThingId, ThingTypeName, Attributes, Version } = getThing(context.view, context.region, thingName, context.error);
      return { defaultClientId: thingName, thingName, thingId: ThingId, thingArn: iotArn(context, 'thing', thingName), attributes: Attributes, version: Version, ...(ThingTypeName !== undefined && { thingTypeName: ThingTypeName }) };
    },
  },

  UpdateThing: {
    access: ({ thingName }, context) => [iotAsk(context, 'thing', thingName)],
    run({ thingName, thingTypeName, attributePayload, expectedVersion, removeThingType = false }, { write, region, error }) {
      if (removeThingType && thingTypeName !== undefined) throw error('InvalidRequestException', 'thingTypeName and removeThingType are both given.');
      return write((draft) => {
        const { ThingTypeName: oldType, ...thing } = getThing(draft, region, thingName, error);
        checkVersion(thing.Version, expectedVersion, error);
        checkType(draft, region, thingTypeName, error);
        const type = removeThingType ? undefined : thingTypeName ?? oldType;
        draft.things.update({ ...thing, Attributes: attributesAfter(thing.Attributes, attributePayload, type !== undefined, error), Version: thing.Version + 1, ...(type !== undefined && { ThingTypeName: type }) });
        return {};
      });
    },
  },

  DeleteThing: {
    access: ({ thingName }, context) => [iotAsk(context, 'thing', thingName)],
    run: ({ thingName, expectedVersion }, { write, region, error }) => write((draft) => {
      const thing = findThing(draft, region, thingName);
      // Deleting what is not there succeeds. Source: "DeleteThing".
      if (!thing) return {};
      checkVersion(thing.Version, expectedVersion, error);
      if (draft.thingPrincipals.countBy('thing', thing.ThingId) > 0) throw error('InvalidRequestException', `Cannot delete. Thing ${thingName} is still attached to one or more principals`);
      draft.things.remove(thing.ThingId);
      return {};
    }),
  },

  ListThings: {
    access: () => [anyAsk()],
    run({ attributeName, attributeValue, thingTypeName, usePrefixAttributeValue = false, ...page }, context) {
      const { view, region, error } = context;
      if ((attributeName === undefined) !== (attributeValue === undefined)) throw error('InvalidRequestException', 'attributeName and attributeValue go together.');
      const candidates = thingTypeName === undefined ? view.things.listBy('region', region) : view.things.listBy('type', pairKey(region, thingTypeName));
      const hasValue = ({ Attributes }: ThingDoc): boolean => {
        const value = attributeName === undefined || !Object.hasOwn(Attributes, attributeName) ? undefined : Attributes[attributeName];
        return attributeName === undefined || (value !== undefined && (usePrefixAttributeValue ? value.startsWith(attributeValue!) : value === attributeValue));
      };
      const { items, end } = tokenPage(candidates.filter(hasValue), ({ ThingName }) => ThingName, page, context);
      return { things: items.map(({ ThingName, ThingTypeName, Attributes, Version }) => ({ thingName: ThingName, thingArn: iotArn(context, 'thing', ThingName), attributes: Attributes, version: Version, thingTypeName: ThingTypeName })), ...end };
    },
  },
} satisfies Operations<Iot, 'CreateThing' | 'DescribeThing' | 'UpdateThing' | 'DeleteThing' | 'ListThings'>;

function checkType(view: AccountView, region: string, name: string | undefined, error: Raise<'ResourceNotFoundException' | 'InvalidRequestException'>): void {
  if (name === undefined) return;
  const type = findThingType(view, region, name);
  if (!type) throw error('ResourceNotFoundException', `Thing type ${name} not found`);
  if (type.DeprecationDate !== undefined) throw error('InvalidRequestException', `Can not assign thing to deprecated thing type: ${name}`);
}

function checkVersion(version: number, expected: number | undefined, error: Raise<'VersionConflictException'>): void {
  if (expected !== undefined && expected !== version) throw error('VersionConflictException', `The thing's version is ${version}, not ${expected}.`);
}

/** Attributes after a change: merged with those that are there, or in their place; one that is set to nothing is gone. Source: AttributePayload. */
function attributesAfter(old: Readonly<Record<string, string>>, payload: AttributePayload | undefined, isTyped: boolean, error: Raise<'InvalidRequestException'>): Readonly<Record<string, string>> {
  if (!payload) return old;
  const { attributes = {}, merge = false } = payload;
  const after = Object.fromEntries(Object.entries({ ...(merge ? old : {}), ...attributes }).filter(([, value]) => value !== ''));
  const most = isTyped ? iotLimits.typedAttributesMax : iotLimits.attributesMax;
  if (Object.keys(after).length > most) throw error('InvalidRequestException', `A thing ${isTyped ? 'with' : 'without'} a type can have at most ${most} attributes.`);
  return after;
}

const sortedEntries = (attributes: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => sortedEntries(a) === sortedEntries(b);
