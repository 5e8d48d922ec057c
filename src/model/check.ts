/** Holds an input to its model: required members, lengths, ranges, patterns, enums. What fails is told in one error, in AWS's words. Validators are compiled once an operation. */
import { ApiError } from '../base/api-error.ts';
import type { ByteStream } from '../base/byte-stream.ts';
import { isScalar, numberConstraints, sizeConstraints, stringConstraints } from './constraints.ts';
import type { Constraint } from './constraints.ts';
import { Failures, lowerFirst } from './failures.ts';
import type { ListShape, MapShape, Member, Operation, Shape, StructureShape } from './service.ts';

/** An input as a wire has read it: each value already of its shape's type. */
type Value = string | number | boolean | Uint8Array | ByteStream | readonly Value[] | Structure;
interface Structure { readonly [member: string]: Value | undefined }

/** Undefined for an input that the operation's model allows, else what it is refused with. */
export function check(operation: Operation, input: Structure): ApiError | undefined {
  const { input: shape, service } = operation;
  if (!shape) return undefined;
  const validator = validatorOf(shape);
  if (validator.isValid(input)) return undefined;
  const fault = service.protocol === 'restXml' ? documentFault(shape, input) : undefined;
  if (fault) return fault;
  const failures = new Failures(service);
  validator.explain(input, '', failures);
  return failures.error();
}

/** AWS: S3 holds a document to its schema, and does not say where it departs from it. */
function documentFault(shape: StructureShape, input: Structure): ApiError | undefined {
  for (const { name, location, isStreaming, isRequired, shape: target } of shape.members.values()) {
    if (location !== undefined || isStreaming) continue;
    const value = input[name];
    if (value === undefined && isRequired) return new ApiError('MissingRequestBodyError', 'Request Body is empty');
    if (value !== undefined && !validatorOf(target).isValid(value)) return new ApiError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  }
  return undefined;
}

/**
 * `isValid` is the way of nearly every request, and allocates nothing. `explain` goes over a refused value again to say where and why.
 * INVARIANT: it reports something exactly where `isValid` is false.
 */
interface Validator<T> {
  isValid(value: T): boolean;
  explain(value: T, path: string, failures: Failures, patternMessage?: string): void;
}

const validators = new WeakMap<Shape, Validator<never>>();

/** The values were typed by the wire that read them from this very shape, so a validator is only ever given values of its own type. */
function validatorOf(shape: StructureShape): Validator<Structure>;
function validatorOf(shape: Shape): Validator<Value>;
function validatorOf(shape: Shape): Validator<never> {
  let validator = validators.get(shape);
  if (!validator) {
    validator = compile(shape);
    validators.set(shape, validator);
  }
  return validator;
}

function compile(shape: Shape): Validator<never> {
  switch (shape.type) {
    case 'structure': return structureValidator(shape);
    case 'list': return listValidator(shape);
    case 'map': return mapValidator(shape);
    case 'string': return scalarValidator(shape, stringConstraints(shape));
    case 'blob': return blobValidator(shape);
    case 'boolean':
    case 'timestamp': return scalarValidator<boolean | number>(shape, []);
    default: return scalarValidator(shape, numberConstraints(shape));
  }
}

function structureValidator(shape: StructureShape): Validator<Structure> {
  interface Part { readonly name: string; readonly path: string; readonly wirePath: string; readonly isRequired: boolean; readonly patternMessage: string | undefined; readonly validator: Validator<Value> }
  // Compiled at the first check, because a structure may contain itself.
  let parts: readonly Part[] | undefined;
  const partOf = ({ name, locationName, queryName, isRequired, patternMessage, shape: target }: Member): Part => ({ name, path: lowerFirst(name), wirePath: queryName ?? upperFirst(locationName ?? name), isRequired, patternMessage, validator: validatorOf(target) });
  // What is not read yet cannot be checked.
  const partsOf = (): readonly Part[] => (parts ??= [...shape.members.values()].filter(({ isStreaming }) => !isStreaming).map(partOf));
  const required = [...shape.members.values()].filter(({ isStreaming, isRequired }) => isRequired && !isStreaming).map(({ name }) => name);
  let validators: ReadonlyMap<string, Validator<Value>> | undefined;
  return {
    isValid(structure) {
      for (const name of required) if (structure[name] === undefined) return false;
      validators ??= new Map(partsOf().map(({ name, validator }) => [name, validator]));
      // An input has few of the members that its model knows.
      for (const name in structure) {
        const value = structure[name];
        if (value !== undefined && validators.get(name)?.isValid(value) === false) return false;
      }
      return true;
    },
    explain(structure, path, failures) {
      for (const part of partsOf()) {
        const value = structure[part.name];
        const own = failures.isOfWire ? part.wirePath : part.path;
        const where = path === '' ? own : `${path}.${own}`;
        if (value !== undefined) part.validator.explain(value, where, failures, part.patternMessage);
        else if (part.isRequired) failures.addMissing(where);
      }
    },
  };
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function scalarValidator<T extends string | number | boolean>(shape: Shape, constraints: readonly Constraint<T>[]): Validator<T> {
  // Seen on STS: of several failures of one value the pattern's comes first.
  const inOrder = [...constraints].sort((a, b) => Number(b.isPattern === true) - Number(a.isPattern === true));
  return {
    isValid: (value) => holdsAll(constraints, value),
    explain(value, path, failures, patternMessage) {
      for (const { says, holds, isPattern } of inOrder) {
        if (holds(value)) continue;
        if (isPattern && patternMessage !== undefined) failures.addInvalid(path, patternMessage);
        else failures.add(path, `Member must ${says}`, shape.isSensitive ? undefined : String(value));
      }
    },
  };
}

function holdsAll<T>(constraints: readonly Constraint<T>[], value: T): boolean {
  for (const constraint of constraints) if (!constraint.holds(value)) return false;
  return true;
}

function blobValidator(shape: Shape & { readonly type: 'blob' }): Validator<Uint8Array> {
  const constraints = sizeConstraints(shape);
  return {
    isValid: (value) => holdsAll(constraints, value.byteLength),
    explain(value, path, failures) {
      for (const { says, holds } of constraints) if (!holds(value.byteLength)) failures.add(path, `Member must ${says}`, undefined);
    },
  };
}

/** All that is demanded of a value without parts, as AWS lists it of the members of a list or map. */
function demandsOf(shape: Shape): readonly string[] {
  return [...constraintsOf(shape).map(({ says }) => `Member must ${says}`), 'Member must not be null'];
}

function constraintsOf(shape: Shape): readonly { readonly says: string }[] {
  switch (shape.type) {
    case 'string': return stringConstraints(shape);
    case 'blob':
    case 'list':
    case 'map': return sizeConstraints(shape);
    case 'boolean':
    case 'timestamp':
    case 'structure': return [];
    default: return numberConstraints(shape);
  }
}

function listValidator(shape: ListShape): Validator<readonly Value[]> {
  const sizes = sizeConstraints(shape);
  const target = shape.member.shape;
  const isEchoed = isScalar(target) && !shape.isSensitive && !target.isSensitive;
  let member: Validator<Value> | undefined;
  const memberOf = (): Validator<Value> => (member ??= validatorOf(target));
  return {
    isValid(list) {
      if (!holdsAll(sizes, list.length)) return false;
      const validator = memberOf();
      for (const value of list) if (!validator.isValid(value)) return false;
      return true;
    },
    explain(list, path, failures) {
      const shown = isEchoed ? `[${list.join(', ')}]` : undefined;
      for (const { says, holds } of sizes) if (!holds(list.length)) failures.add(path, `Member must ${says}`, shown);
      if (!isScalar(target)) {
        for (const [i, value] of list.entries()) memberOf().explain(value, `${path}.${i + 1}.member`, failures);
      } else if (!list.every((value) => memberOf().isValid(value))) {
        // AWS: bad members of a list of strings are one failure of the list.
        failures.add(path, `Member must satisfy constraint: [${demandsOf(target).join(', ')}]`, shown);
      }
    },
  };
}

function mapValidator(shape: MapShape): Validator<Structure> {
  const sizes = sizeConstraints(shape);
  const { key: { shape: keyShape }, value: { shape: valueShape } } = shape;
  const key = validatorOf(keyShape);
  let value: Validator<Value> | undefined;
  const valueOf = (): Validator<Value> => (value ??= validatorOf(valueShape));
  return {
    isValid(map) {
      const validator = valueOf();
      let count = 0;
      // A map has no prototype, so all that it enumerates is its own.
      for (const name in map) {
        count++;
        if (!key.isValid(name) || !validator.isValid(map[name]!)) return false;
      }
      return holdsAll(sizes, count);
    },
    explain(map, path, failures) {
      const entries = Object.entries(map) as [string, Value][];
      for (const { says, holds } of sizes) if (!holds(entries.length)) failures.add(path, `Member must ${says}`, undefined);
      if (!entries.every(([name]) => key.isValid(name))) failures.add(path, `Map keys must satisfy constraint: [${demandsOf(keyShape).join(', ')}]`, undefined);
      if (!isScalar(valueShape)) {
        for (const [name, entry] of entries) valueOf().explain(entry, `${path}.${name}.member`, failures);
      } else if (!entries.every(([, entry]) => valueOf().isValid(entry))) {
        failures.add(path, `Map value must satisfy constraint: [${demandsOf(valueShape).join(', ')}]`, undefined);
      }
    },
  };
}
