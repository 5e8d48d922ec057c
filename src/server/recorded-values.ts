/** Inputs and outputs as CloudTrail records them: JSON text, names beginning in lower case, what is sensitive hidden. Compiled once a shape. */
import { isoSeconds } from '../base/clock.ts';
import type { ListShape, MapShape, Member, Shape, StructureShape } from '../model/service.ts';
import type { StructureValue, Value } from '../protocol/protocol.ts';

/** What CloudTrail writes in place of a value it must not hold. */
const hidden = JSON.stringify('HIDDEN_DUE_TO_SECURITY_REASONS');
/** Members that are secret whether or not the model says so. */
const secretMembers: ReadonlySet<string> = new Set(['SecretAccessKey', 'SessionToken', 'Password', 'NewPassword', 'OldPassword', 'PrivateKey', 'ServicePassword', 'ServiceCredentialSecret', 'Base32StringSeed', 'QRCodePNG', 'TokenCode', 'AuthenticationCode1', 'AuthenticationCode2', 'WebIdentityToken', 'SAMLAssertion', 'TradeInToken']);

/** A value → the JSON that is recorded of it. */
type Writer = (value: Value) => string;

const structureWriters = new WeakMap<StructureShape, (structure: StructureValue) => string>();

/** The record of a structure, as JSON. The value was read or written by this very shape, so its parts are of the shape's kinds. */
export function recordedStructure(shape: StructureShape, structure: StructureValue): string {
  let write = structureWriters.get(shape);
  if (!write) {
    write = structureWriter(shape);
    structureWriters.set(shape, write);
  }
  return write(structure);
}

const lowerFirst = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

function structureWriter(shape: StructureShape): (structure: StructureValue) => string {
  // Built at the first record, because a structure may contain itself.
  let parts: ReadonlyMap<string, { readonly label: string; readonly write: Writer }> | undefined;
  return (structure) => {
    parts ??= new Map([...shape.members.values()].map((member) => [member.name, { label: `${JSON.stringify(lowerFirst(member.name))}:`, write: memberWriter(member) }]));
    let text = '';
    for (const name in structure) {
      const value = structure[name];
      const part = value === undefined ? undefined : parts.get(name);
      if (part) text += `${text === '' ? '' : ','}${part.label}${part.write(value!)}`;
    }
    return `{${text}}`;
  };
}

function memberWriter({ name, shape }: Member): Writer {
  return shape.isSensitive || secretMembers.has(name) ? () => hidden : valueWriter(shape);
}

function valueWriter(shape: Shape): Writer {
  switch (shape.type) {
    case 'structure': return (value) => recordedStructure(shape, value as StructureValue);
    case 'list': return listWriter(shape);
    case 'map': return mapWriter(shape);
    case 'blob': return (value) => `"${(value as Uint8Array).byteLength} bytes"`;
    case 'timestamp': return (value) => `"${isoSeconds(value as number)}"`;
    // A number that JSON has no form for is written null.
    default: return (value) => JSON.stringify(value);
  }
}

function listWriter({ member }: ListShape): Writer {
  let write: Writer | undefined;
  return (value) => `[${(value as readonly Value[]).map((write ??= memberWriter(member))).join(',')}]`;
}

function mapWriter({ value: member }: MapShape): Writer {
  let write: Writer | undefined;
  return (value) => {
    write ??= memberWriter(member);
    const map = value as StructureValue;
    let text = '';
    for (const key of Object.keys(map)) {
      const entry = map[key];
      if (entry !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(entry)}`;
    }
    return `{${text}}`;
  };
}
