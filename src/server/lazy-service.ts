/** A service before and after its first request: routing goes by its card and its model, and only what is loaded can be performed. */
import { loadService } from '../model/load.ts';
import type { Service, ServiceCard } from '../model/service.ts';
import type { ServiceRow } from '../services/index.ts';
import type { ServiceDefinition } from '../services/operation.ts';

/** What routing and the wires go by. */
export interface DescribedService { readonly model: Service }

/** A service as its operations are performed: what its model says, and what its operations mean. INVARIANT: there is none without its definition, so that no request is answered by less than all of its checks. */
export interface ServedService extends DescribedService { readonly definition: ServiceDefinition }

/** A service as requests are routed to it. */
export interface RoutedService extends DescribedService {
  readonly card: ServiceCard;
  /** Undefined until it is loaded. Asked first, so that nothing waits for what is at hand. */
  readonly served: ServedService | undefined;
  /** Once for all who ask; one that failed is tried again by whoever comes next. */
  load(): Promise<ServedService>;
}

/** Reads and links its model when something looks at it, and loads its operations at its first request: a start, and whoever never calls the service, does without. */
export class LazyService implements RoutedService {
  readonly card: ServiceCard;
  served: ServedService | undefined;
  readonly #load: ServiceRow['load'];
  readonly #readModel: (service: string) => unknown;
  #model: Service | undefined;
  #loading: Promise<ServedService> | undefined;

  constructor({ card, load }: ServiceRow, readModel: (service: string) => unknown) {
    this.card = card;
    this.#load = load;
    this.#readModel = readModel;
  }

  get model(): Service {
    return (this.#model ??= loadService(this.#readModel(this.card.name)));
  }

  load(): Promise<ServedService> {
    return (this.#loading ??= this.#bringIn());
  }

  async #bringIn(): Promise<ServedService> {
    try {
      return (this.served = { model: this.model, definition: await this.#load() });
    } finally {
      this.#loading = undefined;
    }
  }
}
