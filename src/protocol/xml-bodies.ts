/** Whole XML documents as REST answers have them. */
import type { Member, StructureShape } from '../model/service.ts';
import type { StructureValue } from './protocol.ts';
import { attributesWriter, contentWriter } from './xml-output.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document: the declaration, and one element of that name. */
export function documentWriter(shape: StructureShape, root: string, namespace: string | undefined): (value: StructureValue) => string {
  const content = contentWriter(shape);
  const attributes = attributesWriter(shape);
  const open = `${xmlDeclaration}<${root}${namespaceText(namespace)}`;
  return (value) => `${open}${attributes(value)}>${content(value)}</${root}>`;
}

/** A member that is called as the document is, is the document. Source: Smithy, "s3UnwrappedXmlOutput trait". */
export function unwrappedWriter({ name }: Member, root: string, namespace: string | undefined): (value: StructureValue) => string {
  const open = `${xmlDeclaration}<${root}${namespaceText(namespace)}>`;
  return ({ [name]: value }) => `${open}${value === undefined ? '' : escapeText(String(value))}</${root}>`;
}

const namespaceText = (uri: string | undefined): string => (uri === undefined ? '' : ` xmlns="${escapeAttribute(uri)}"`);
