/** EC2 asked of a Gatehouse in memory without an SDK, which would be 30 MB: inputs are written and answers read by the model, in code that the server does not share. */
import type { Ec2 } from '../../models/ec2.ts';
import { loadService } from '../../src/model/load.ts';
import type { Member, Shape, StructureShape } from '../../src/model/service.ts';
import { readModel } from '../../src/server/read-model.ts';
import { parseXml } from '../conformance/xml-tree.ts';
import type { XmlElement } from '../conformance/xml-tree.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { sendSigned, textOf } from '../signed-call.ts';

const model = loadService(readModel('ec2'));

/** What the service answered instead. */
export class Ec2Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export type Ec2Call = <Name extends keyof Ec2 & string>(name: Name, input: Ec2[Name]['input'] & { readonly DryRun?: boolean }) => Promise<Ec2[Name]['output']>;

export const ec2Of = (gatehouse: TestGatehouse, key: KeyPair = gatehouse.admin, region = 'us-east-1'): Ec2Call => async (name, input) => {
  const { input: inputShape, output: outputShape } = model.operations.get(name)!;
  const form = new URLSearchParams({ Action: name, Version: model.apiVersion });
  if (inputShape) writeParameters(inputShape, input, '', form);
  const answer = await sendSigned(gatehouse, { service: 'ec2', region, headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: form.toString() }, key);
  const root = parseXml(textOf(answer));
  if (answer.status !== 200) {
    const error = childOf(childOf(root, 'Errors'), 'Error');
    throw new Ec2Refusal(childOf(error, 'Code')?.text ?? '', childOf(error, 'Message')?.text ?? '', answer.status);
  }
  // What the model says the answer is.
  return (outputShape ? readElement(outputShape, root) : undefined) as never;
};

const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => element?.children.find((child) => child.name === name);

/** Source: Smithy, "AWS EC2 query protocol". */
function writeParameters(shape: Shape, value: unknown, prefix: string, form: URLSearchParams): void {
  if (value === undefined) return;
  if (shape.type === 'structure') {
    for (const [name, inner] of Object.entries(value as object)) {
      const member = shape.members.get(name);
      if (!member) throw new Error(`${shape.name} has no ${name}`);
      writeParameters(member.shape, inner, prefix === '' ? keyOf(member) : `${prefix}.${keyOf(member)}`, form);
    }
  } else if (shape.type === 'list') for (const [i, inner] of (value as readonly unknown[]).entries()) writeParameters(shape.member.shape, inner, `${prefix}.${i + 1}`, form);
  else form.append(prefix, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : shape.type === 'timestamp' ? new Date(value as number).toISOString() : String(value));
}

function keyOf({ queryName, locationName, name }: Member): string {
  const wire = locationName ?? name;
  return queryName ?? wire[0]!.toUpperCase() + wire.slice(1);
}

function readElement(shape: Shape, element: XmlElement): unknown {
  const { text = '', children } = element;
  switch (shape.type) {
    case 'structure': return readStructure(shape, element);
    case 'list': return children.map((child) => readElement(shape.member.shape, child));
    case 'boolean': return text === 'true';
    case 'integer': case 'long': case 'float': case 'double': return Number(text);
    case 'timestamp': return Date.parse(text);
    case 'blob': return Buffer.from(text, 'base64');
    default: return text;
  }
}

function readStructure({ members }: StructureShape, element: XmlElement): unknown {
  return Object.fromEntries([...members.values()].flatMap(({ name, locationName = name, shape }) => {
    const child = childOf(element, locationName);
    return child ? [[name, readElement(shape, child)]] : [];
  }));
}
