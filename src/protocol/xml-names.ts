/** What the entries of flattened lists are called in XML, for those who read and those who write. */
import type { ListShape, Member } from '../model/service.ts';

/** The list member's own name, which a member that is itself flattened overrides. Source: Smithy, "xmlFlattened trait"; botocore's models. */
export function entryName(member: Member, shape: ListShape): string {
  const own = member.locationName ?? member.name;
  return member.isFlattened ? own : (shape.member.locationName ?? own);
}
