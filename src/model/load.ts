/** Links a compacted model (models/<service>.json) into the graph of model/service.ts. Shapes are linked when first looked at: a start pays for the operations' names only. */
import type { ErrorShape, Member, Operation, ProtocolName, Service, Shape, StructureShape, TimestampShape, XmlNamespace } from './service.ts';

/** A member as the compacted model writes it: its shape's name alone where it has no traits. */
type SourceMember = string | {
  readonly shape: string;
  readonly locationName?: string;
  readonly location?: Member['location'];
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
  readonly streaming?: boolean;
  readonly queryName?: string;
  readonly xmlNamespace?: XmlNamespace;
  readonly timestampFormat?: TimestampShape['format'];
};

interface SourceShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, SourceMember>>;
  readonly member?: SourceMember;
  readonly key?: SourceMember;
  readonly value?: SourceMember;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly sensitive?: boolean;
  readonly flattened?: boolean;
  readonly timestampFormat?: TimestampShape['format'];
  readonly payload?: string;
  readonly xmlNamespace?: XmlNamespace;
}

interface SourceOperation {
  readonly http?: Operation['http'];
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
  readonly errors: readonly string[];
}

interface SourceService {
  readonly service: string;
  readonly serviceId: string;
  readonly signingName: string;
  readonly apiVersion: string;
  readonly protocol: ProtocolName;
  readonly xmlNamespace?: string;
  readonly targetPrefix?: string;
  readonly jsonVersion?: string;
  readonly otherSubresources?: readonly string[];
  readonly isGlobal: boolean;
  readonly isValueEchoed: boolean;
  readonly validationCode?: string;
  readonly patternMessages: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, SourceOperation>>;
  readonly errors: Readonly<Record<string, { readonly status: number; readonly fault: ErrorShape['fault'] }>>;
  readonly shapes: Readonly<Record<string, SourceShape>>;
}

/** The service that a compacted model describes. What is not such a model throws here; a shape that the model lacks throws when it is first looked at. */
export function loadService(json: unknown): Service {
  const source = asSource(json);
  const linker = new Linker(source);
  const operations = new Map<string, Operation>();
  const service: Service = {
    name: source.service,
    serviceId: source.serviceId,
    signingName: source.signingName,
    apiVersion: source.apiVersion,
    protocol: source.protocol,
    xmlNamespace: source.xmlNamespace,
    targetPrefix: source.targetPrefix,
    jsonVersion: source.jsonVersion,
    otherSubresources: source.otherSubresources ?? [],
    isGlobal: source.isGlobal,
    isValueEchoed: source.isValueEchoed,
    validationCode: source.validationCode,
    operations,
    errors: new Map(Object.entries(source.errors).map(([code, { status, fault }]) => [code, { code, status, fault }])),
  };
  for (const [name, operation] of Object.entries(source.operations)) operations.set(name, new LinkedOperation(name, service, operation, linker));
  return service;
}

const texts = ['service', 'serviceId', 'signingName', 'apiVersion', 'protocol'];
const tables = ['patternMessages', 'operations', 'errors', 'shapes'];

/** The models are ours, written by one script and held to by a test; only what that script could have left out is looked at. */
function asSource(json: unknown): SourceService {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
  if (!isObject(json)) throw new Error('a service model is a JSON object');
  for (const name of texts) if (typeof json[name] !== 'string') throw new Error(`a service model needs ${name}`);
  for (const name of ['isGlobal', 'isValueEchoed']) if (typeof json[name] !== 'boolean') throw new Error(`a service model needs ${name}`);
  for (const name of tables) if (!isObject(json[name])) throw new Error(`a service model needs ${name}`);
  return json as unknown as SourceService;
}

class Linker {
  readonly #service: string;
  readonly #source: Readonly<Record<string, SourceShape>>;
  readonly #patternMessages: ReadonlyMap<string, string>;
  readonly #shapes = new Map<string, Shape>();

  constructor({ service, shapes, patternMessages }: SourceService) {
    this.#service = service;
    this.#source = shapes;
    this.#patternMessages = new Map(Object.entries(patternMessages));
  }

  shape(name: string): Shape {
    let shape = this.#shapes.get(name);
    if (!shape) {
      const source = this.#source[name];
      if (!source) throw new Error(`${this.#service}: the model has no shape ${name}`);
      shape = this.#link(name, source);
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  structure(name: string): StructureShape {
    const shape = this.shape(name);
    if (shape.type !== 'structure') throw new Error(`${this.#service}: ${name} is a ${shape.type}, not a structure`);
    return shape;
  }

  patternMessage(member: string): string | undefined {
    return this.#patternMessages.get(member);
  }

  #link(name: string, source: SourceShape): Shape {
    const traits = { name, isSensitive: source.sensitive === true };
    const size = { ...(source.min !== undefined && { min: source.min }), ...(source.max !== undefined && { max: source.max }) };
    switch (source.type) {
      case 'string':
      case 'character':
        return { ...traits, ...size, type: 'string', ...(source.pattern !== undefined && { pattern: source.pattern }), ...(source.enum && { enum: source.enum }) };
      case 'integer':
      case 'long':
      case 'float':
      case 'double':
        return { ...traits, ...size, type: source.type };
      case 'boolean':
        return { ...traits, type: 'boolean' };
      case 'timestamp':
        return { ...traits, type: 'timestamp', ...(source.timestampFormat && { format: source.timestampFormat }) };
      case 'blob':
        return { ...traits, ...size, type: 'blob' };
      case 'list':
        return { ...traits, ...size, type: 'list', member: this.#part(name, 'member', source.member), isFlattened: source.flattened === true };
      case 'map':
        return { ...traits, ...size, type: 'map', key: this.#part(name, 'key', source.key), value: this.#part(name, 'value', source.value), isFlattened: source.flattened === true };
      case 'structure':
        return { ...traits, type: 'structure', members: this.#members(source), ...(source.payload !== undefined && { payload: source.payload }), ...(source.xmlNamespace && { xmlNamespace: source.xmlNamespace }) };
      default:
        throw new Error(`${this.#service}: ${name} is of the unknown type ${source.type}`);
    }
  }

  #members({ members = {}, required = [] }: SourceShape): ReadonlyMap<string, Member> {
    return new Map(Object.entries(members).map(([name, source]) => [name, new LinkedMember(name, source, required.includes(name), this)]));
  }

  #part(shape: string, name: string, source: SourceMember | undefined): Member {
    if (source === undefined) throw new Error(`${this.#service}: ${shape} has no ${name}`);
    return new LinkedMember(name, source, false, this);
  }
}

/** Finds its shape when first asked, so that shapes can contain themselves. */
class LinkedMember implements Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly locationName?: string;
  readonly location?: NonNullable<Member['location']>;
  readonly isFlattened: boolean;
  readonly isXmlAttribute: boolean;
  readonly isStreaming: boolean;
  readonly queryName?: string;
  readonly xmlNamespace?: XmlNamespace;
  readonly patternMessage?: string;
  readonly #target: string;
  readonly #timestampFormat: TimestampShape['format'];
  readonly #linker: Linker;
  #shape: Shape | undefined;

  constructor(name: string, source: SourceMember, isRequired: boolean, linker: Linker) {
    const { shape, ...traits }: Exclude<SourceMember, string> = typeof source === 'string' ? { shape: source } : source;
    this.name = name;
    this.isRequired = isRequired;
    if (traits.locationName !== undefined) this.locationName = traits.locationName;
    if (traits.location !== undefined) this.location = traits.location;
    this.isFlattened = traits.flattened === true;
    this.isXmlAttribute = traits.xmlAttribute === true;
    this.isStreaming = traits.streaming === true;
    if (traits.queryName !== undefined) this.queryName = traits.queryName;
    if (traits.xmlNamespace !== undefined) this.xmlNamespace = traits.xmlNamespace;
    const patternMessage = linker.patternMessage(name);
    if (patternMessage !== undefined) this.patternMessage = patternMessage;
    this.#target = shape;
    this.#timestampFormat = traits.timestampFormat;
    this.#linker = linker;
  }

  get shape(): Shape {
    this.#shape ??= this.#link();
    return this.#shape;
  }

  /** A format given to a member overrides its timestamp's own. Source: Smithy, "timestampFormat trait". */
  #link(): Shape {
    const shape = this.#linker.shape(this.#target);
    return shape.type === 'timestamp' && this.#timestampFormat ? { ...shape, format: this.#timestampFormat } : shape;
  }
}

class LinkedOperation implements Operation {
  readonly name: string;
  readonly service: Service;
  readonly http: Operation['http'];
  readonly action: string;
  readonly resultWrapper: string | undefined;
  readonly errors: ReadonlySet<string>;
  readonly #source: SourceOperation;
  readonly #linker: Linker;
  #input: StructureShape | undefined;
  #output: StructureShape | undefined;

  constructor(name: string, service: Service, source: SourceOperation, linker: Linker) {
    this.name = name;
    this.service = service;
    this.http = source.http ?? { method: 'POST', requestUri: '/' };
    this.action = `${service.name}:${name}`;
    this.resultWrapper = source.resultWrapper;
    this.errors = new Set(source.errors);
    this.#source = source;
    this.#linker = linker;
  }

  get input(): StructureShape | undefined {
    return this.#source.input === undefined ? undefined : (this.#input ??= this.#linker.structure(this.#source.input));
  }

  get output(): StructureShape | undefined {
    return this.#source.output === undefined ? undefined : (this.#output ??= this.#linker.structure(this.#source.output));
  }
}
