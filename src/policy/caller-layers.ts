/** The caller's policies in the layers in which a decision asks them: as they stand, or planned for one action. */
import type { Asked } from './asked.ts';
import { type Denies, type Layer, type NamedLayer, PlainDenies, PlainLayer, PlannedDenies, PlannedLayer } from './layers.ts';
import type { CallerPolicies } from './types.ts';

export interface CallerLayers {
  /** Of identity policies, boundary and session policies, in this order. */
  readonly denies: Denies;
  readonly identity: Layer;
  readonly boundary: Layer | undefined;
  readonly session: Layer | undefined;
  readonly scps: { readonly managementAccount: string; readonly denies: Denies; readonly levels: readonly Layer[] } | undefined;
}

interface Makers<L extends Layer> { readonly layer: (named: NamedLayer) => L; readonly denies: (layers: readonly NamedLayer[], made: readonly L[]) => Denies }

function layersOf<L extends Layer>({ identity, boundary, session, scps }: CallerPolicies, make: Makers<L>): CallerLayers {
  const own: readonly NamedLayer[] = [['identity', identity], ...named('boundary', boundary && [boundary]), ...named('session', session)];
  const made = own.map(make.layer);
  const layerOf = (name: NamedLayer[0]): L | undefined => made[own.findIndex(([other]) => other === name)];
  const levels: readonly NamedLayer[] = (scps?.levels ?? []).map((level) => ['scp', level]);
  const madeLevels = levels.map(make.layer);
  return {
    denies: make.denies(own, made),
    identity: made[0]!,
    boundary: layerOf('boundary'),
    session: layerOf('session'),
    scps: scps && { managementAccount: scps.managementAccount, denies: make.denies(levels, madeLevels), levels: madeLevels },
  };
}

const named = (name: NamedLayer[0], policies: NamedLayer[1] | undefined): readonly NamedLayer[] => (policies ? [[name, policies]] : []);

/** As they stand. */
export const plainLayers = (policies: CallerPolicies): CallerLayers => layersOf(policies, { layer: ([name, applied]) => new PlainLayer(name, applied), denies: (_, layers) => new PlainDenies(layers) });

/** Planned for the action that is asked. */
export function plannedLayers(policies: CallerPolicies, asked: Asked): CallerLayers & { readonly size: number } {
  let size = 0;
  const counted = <T extends { readonly size: number }>(planned: T): T => {
    size += planned.size;
    return planned;
  };
  const layers = layersOf(policies, { layer: (layer) => counted(new PlannedLayer(layer, asked)), denies: (them) => counted(new PlannedDenies(them, asked)) });
  return { ...layers, size };
}
