/** A service as its model describes it: Service → Operation → Shape, linked once when the model is loaded. */
import { commonErrors } from '../base/api-error.ts';

export type ProtocolName = 'awsQuery' | 'ec2Query' | 'awsJson' | 'restJson' | 'restXml';

export interface XmlNamespace { readonly uri: string; readonly prefix?: string }

interface ShapeTraits { readonly name: string; readonly isSensitive: boolean }
export interface StringShape extends ShapeTraits { readonly type: 'string'; readonly min?: number; readonly max?: number; readonly pattern?: string; readonly enum?: readonly string[] }
export interface NumberShape extends ShapeTraits { readonly type: 'integer' | 'long' | 'float' | 'double'; readonly min?: number; readonly max?: number }
export interface BooleanShape extends ShapeTraits { readonly type: 'boolean' }
export interface TimestampShape extends ShapeTraits { readonly type: 'timestamp'; readonly format?: 'iso8601' | 'unixTimestamp' | 'rfc822' }
export interface BlobShape extends ShapeTraits { readonly type: 'blob'; readonly min?: number; readonly max?: number }
export interface ListShape extends ShapeTraits { readonly type: 'list'; readonly min?: number; readonly max?: number; readonly member: Member; readonly isFlattened: boolean }
export interface MapShape extends ShapeTraits { readonly type: 'map'; readonly min?: number; readonly max?: number; readonly key: Member; readonly value: Member; readonly isFlattened: boolean }
export interface StructureShape extends ShapeTraits { readonly type: 'structure'; readonly members: ReadonlyMap<string, Member>; /** The member that is the body. */ readonly payload?: string; readonly xmlNamespace?: XmlNamespace }
export type Shape = StringShape | NumberShape | BooleanShape | TimestampShape | BlobShape | ListShape | MapShape | StructureShape;

/** A place in a structure, list or map, with the traits the wire needs there. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** The name on the wire where it is not `name`. */
  readonly locationName?: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly isFlattened: boolean;
  readonly isXmlAttribute: boolean;
  /** A body that is handed on as it comes. */
  readonly isStreaming: boolean;
  readonly queryName?: string;
  /** In its service's inputs, what AWS says of a value that fails the pattern, after `The specified value for X is invalid. `, where it is not the common form. */
  readonly patternMessage?: string;
  readonly xmlNamespace?: XmlNamespace;
}

export interface Operation {
  readonly name: string;
  /** `iam:CreateUser` */
  readonly action: string;
  readonly service: Service;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input: StructureShape | undefined;
  readonly output: StructureShape | undefined;
  readonly resultWrapper: string | undefined;
  /** The codes of the errors the model lists for it, without the common ones. */
  readonly errors: ReadonlySet<string>;
}

export interface ErrorShape { readonly code: string; readonly status: number; readonly fault: 'Sender' | 'Receiver' }

/** What requests name a service by. */
export interface ServiceCard {
  /** Gatehouse's name for it, and the prefix of its actions: `iam`. */
  readonly name: string;
  readonly signingName: string;
  readonly protocol: ProtocolName;
  readonly apiVersion: string;
  /** What stands before the operation in the target header of a JSON service. */
  readonly targetPrefix?: string | undefined;
}

export interface Service extends ServiceCard {
  readonly serviceId: string;
  readonly xmlNamespace: string | undefined;
  readonly jsonVersion: string | undefined;
  /** Names in a query that mean a subresource of which the model has no operation. */
  readonly otherSubresources: readonly string[];
  /** Whether it has one endpoint for all regions (its aws:RequestedRegion is us-east-1). */
  readonly isGlobal: boolean;
  /** Whether its ValidationErrors repeat the value that was refused. */
  readonly isValueEchoed: boolean;
  /** The code of its validation errors, where it is not the common one. */
  readonly validationCode: string | undefined;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly errors: ReadonlyMap<string, ErrorShape>;
}

/** An error's status and fault: the service's own, else the common one, else InternalFailure's. */
export function errorShape(service: Service | undefined, code: string): ErrorShape {
  const own = service?.errors.get(code);
  if (own) return own;
  const common = Object.hasOwn(commonErrors, code) ? commonErrors[code as keyof typeof commonErrors] : commonErrors.InternalFailure;
  return { code, ...common };
}
