/** Passwords that are made up here: as long as is hard to guess, of every class, and longer where the account's policy wants it. */
import { GetAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';

/** Each without characters that are taken for another. */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#$%^&*()_+-=[]{}|'] as const;

/** 84 characters: 20 of them are more than 127 bits. */
const lengthMin = 20;

export async function makePassword(iam: IAMClient): Promise<string> {
  return passwordOf(Math.max(lengthMin, await lengthWanted(iam)), (below) => randomBelow(below));
}

/** At least one of each class, the rest of all, in no order that tells which. `random` gives an integer from 0 to below its argument. */
export function passwordOf(length: number, random: (below: number) => number): string {
  const all = classes.join('');
  const chosen = [...classes, ...Array<string>(length - classes.length).fill(all)].map((from) => from[random(from.length)]!);
  for (let i = chosen.length - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
  }
  return chosen.join('');
}

/** What the policy wants; an account without one, and a person who may not read it, get the usual length, and the server has the last word. */
async function lengthWanted(iam: IAMClient): Promise<number> {
  try {
    return (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy?.MinimumPasswordLength ?? 0;
  } catch (thrown) {
    if (thrown instanceof Error && /^(?:NoSuchEntity|AccessDenied)/.test(thrown.name)) return 0;
    throw thrown;
  }
}

/** Every value is as likely: those that would favour the small ones are drawn again. */
function randomBelow(below: number): number {
  const limit = Math.floor(2 ** 32 / below) * below;
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn); while (drawn[0]! >= limit);
  return drawn[0]! % below;
}
