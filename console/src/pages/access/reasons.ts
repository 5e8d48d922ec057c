/** Statements that have a part in an access, in words. */
import type { AccessStatement } from '../../../../models/gatehouse.ts';

/** `statement 1 “Office”` */
export const placeOf = ({ StatementIndex, Sid = '' }: AccessStatement): string => `statement ${StatementIndex + 1}${Sid === '' ? '' : ` “${Sid}”`}`;

/** What of it depends on the request; empty where nothing does. */
export function conditionsOf({ IsResourceOpen, IsNotResource = false, Resources = [], OpenConditions }: AccessStatement): readonly string[] {
  const resources = IsResourceOpen ? [`the resource is ${IsNotResource ? 'none of ' : ''}${Resources.join(' or ')}`] : [];
  return [...resources, ...OpenConditions.map(({ Operator, Key, Values }) => `${Operator} ${Key} ${Values.join(' or ')}`)];
}

/** `user/alice` of its ARN. */
export const shortName = (arn: string): string => arn.split(':').slice(5).join(':') || arn;

/** `Allow by the identity policy read of group/readers, statement 1 “Roles”, if StringEquals aws:RequestedRegion eu-west-1` */
export function reasonOf(statement: AccessStatement): string {
  const { Effect, PolicyType, PolicyName, AttachedTo } = statement;
  const open = conditionsOf(statement);
  return `${Effect} by the ${PolicyType} policy ${PolicyName}${AttachedTo === undefined ? '' : ` of ${shortName(AttachedTo)}`}, ${placeOf(statement)}${open.length > 0 ? `, if ${open.join(' and ')}` : ''}`;
}
