/** Kinds of things. Source: "CreateThingType" and its siblings (AWS IoT API Reference). */
import { newUuid } from '../../base/ids.ts';
import type { Iot, ThingTypeDefinition } from '../../../models/iot.ts';
import type { ThingTypeDoc } from '../../store/iot-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, findThingType, getThingType, iotArn, taggedAsk } from './lookup.ts';
import { tokenPage } from './paging.ts';
import { readTags, requestTagContext } from './tags.ts';

export const thingTypes = {
  CreateThingType: {
    access: ({ thingTypeName, tags }, context) => [taggedAsk(context, 'thingtype', thingTypeName, undefined, requestTagContext(readTags(tags, context.error)))],
    run({ thingTypeName, thingTypeProperties = {}, tags }, context) {
      const { write, region, now, random, error } = context;
      const { thingTypeDescription, searchableAttributes, mqtt5Configuration } = thingTypeProperties;
      if (mqtt5Configuration) throw error('InvalidRequestException', 'There is no MQTT here to be configured.');
      if ((searchableAttributes?.length ?? 0) > iotLimits.searchableAttributesMax) throw error('InvalidRequestException', `A thing type can have at most ${iotLimits.searchableAttributesMax} searchable attributes.`);
      const Tags = readTags(tags, error);
      const type: ThingTypeDoc = {
        ThingTypeId: newUuid(random), Region: region, ThingTypeName: thingTypeName, CreateDate: now, ...(thingTypeDescription !== undefined && { Description: thingTypeDescription }),
        ...(searchableAttributes && { SearchableAttributes: searchableAttributes }), ...(Tags.length > 0 && { Tags }),
      };
      return write((draft) => {
        const found = findThingType(draft, region, thingTypeName);
        if (found && (found.Description !== type.Description || JSON.stringify(found.SearchableAttributes) !== JSON.stringify(type.SearchableAttributes))) throw error('ResourceAlreadyExistsException', `Thing type ${thingTypeName} already exists in account with different properties`);
        if (!found) draft.thingTypes.insert(type);
        return { thingTypeName, thingTypeArn: iotArn(context, 'thingtype', thingTypeName), thingTypeId: (found ?? type).ThingTypeId };
      });
    },
  },

  DescribeThingType: {
    access: ({ thingTypeName }, context) => [taggedAsk(context, 'thingtype', thingTypeName, findThingType(context.view, context.region, thingTypeName))],
    run({ thingTypeName }, context) {
      const type = getThingType(context.view, context.region, thingTypeName, context.error);
      return { thingTypeId: type.ThingTypeId, ...shownType(type, context) };
    },
  },

  ListThingTypes: {
    access: () => [anyAsk()],
    run({ thingTypeName, ...page }, context) {
      const types = context.view.thingTypes.listBy('region', context.region).filter((type) => thingTypeName === undefined || type.ThingTypeName === thingTypeName);
      const { items, end } = tokenPage(types, (type) => type.ThingTypeName, page, context);
      return { thingTypes: items.map((type) => shownType(type, context)), ...end };
    },
  },

  DeprecateThingType: {
    access: ({ thingTypeName }, context) => [taggedAsk(context, 'thingtype', thingTypeName, findThingType(context.view, context.region, thingTypeName))],
    run: ({ thingTypeName, undoDeprecate = false }, { write, region, now, error }) => write((draft) => {
      const { DeprecationDate, ...type } = getThingType(draft, region, thingTypeName, error);
      draft.thingTypes.update(undoDeprecate ? type : { ...type, DeprecationDate: DeprecationDate ?? now });
      return {};
    }),
  },

  DeleteThingType: {
    access: ({ thingTypeName }, context) => [taggedAsk(context, 'thingtype', thingTypeName, findThingType(context.view, context.region, thingTypeName))],
    run: ({ thingTypeName }, { write, region, now, error }) => write((draft) => {
      const { ThingTypeId, DeprecationDate } = getThingType(draft, region, thingTypeName, error);
      if (DeprecationDate === undefined || now < DeprecationDate + iotLimits.typeDeletableAfterMs) throw error('InvalidRequestException', `Thing type ${thingTypeName} can be deleted 5 minutes after it was deprecated`);
      if (draft.things.countBy('type', pairKey(region, thingTypeName)) > 0) throw error('InvalidRequestException', `Cannot delete thing type ${thingTypeName}: there are things of it`);
      draft.thingTypes.remove(ThingTypeId);
      return {};
    }),
  },
} satisfies Operations<Iot, 'CreateThingType' | 'DescribeThingType' | 'ListThingTypes' | 'DeprecateThingType' | 'DeleteThingType'>;

function shownType({ ThingTypeName, Description, SearchableAttributes, CreateDate, DeprecationDate }: ThingTypeDoc, place: Pick<RunContext<never>, 'account' | 'region'>): ThingTypeDefinition {
  return {
    thingTypeName: ThingTypeName, thingTypeArn: iotArn(place, 'thingtype', ThingTypeName),
    thingTypeProperties: { ...(Description !== undefined && { thingTypeDescription: Description }), ...(SearchableAttributes && { searchableAttributes: SearchableAttributes }) },
    thingTypeMetadata: { deprecated: DeprecationDate !== undefined, creationDate: CreateDate, ...(DeprecationDate !== undefined && { deprecationDate: DeprecationDate }) },
  };
}
