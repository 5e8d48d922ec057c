/** Machines that may enrol, by whoever administers them: their authority, a code for each, which there are, and the end of one. */
import type { EnrolledMachine, Gatehouse } from '../../../models/gatehouse.ts';
import * as arn from '../../base/arn.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Ask } from '../../authz/ask.ts';
import type { EnrolledMachineDoc } from '../../store/enrolled-machine-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { hashOfCode, newEnrollmentCode } from './enrollment-code.ts';
import { enrollmentSecondsDefault, machinesPerRegionMax, trustAnchorsPerRegionMax } from './limits.ts';
import { findAuthority, keepAuthority, makeAuthority } from './machine-authority.ts';

/** The number of machines where MaxItems is not given. */
const maxItemsDefault = 100;

export const machines = {
  /** It is a trust anchor from then on, so that whoever makes one must be let make that. */
  CreateMachineAuthority: {
    access: ({ Region }, context) => [{ resource: `arn:aws:gatehouse:${Region ?? context.region}:${context.account}:machine-authority` }, { action: 'rolesanywhere:CreateTrustAnchor', resource: '*' }],
    async run({ Region: given }, context) {
      const { view, account, region, write, now, error } = context;
      const Region = given ?? region;
      const made = findAuthority(view, Region) ?? await makeAuthority(Region, context);
      const { TrustAnchorId } = await write((draft) => {
        const found = findAuthority(draft, Region);
        if (!found && draft.trustAnchors.countBy('region', Region) >= trustAnchorsPerRegionMax) throw error('LimitExceeded', `An account can have at most ${trustAnchorsPerRegionMax} trust anchors in a region.`);
        return found ?? keepAuthority(draft, made, now);
      });
      return { TrustAnchorArn: anchorArn(account, Region, TrustAnchorId) };
    },
  },

  CreateEnrollmentCode: {
    access: ({ MachineName, ProfileArn, RoleArn }, { account, region }) => [machineAsk(account, profileIn(ProfileArn, account)?.region ?? region, MachineName), { action: 'iam:PassRole', resource: RoleArn, context: { 'iam:PassedToService': 'rolesanywhere.amazonaws.com' } }],
    run({ MachineName, ProfileArn, RoleArn, ValidSeconds = enrollmentSecondsDefault }, { account, now, random, write, error }) {
      const named = profileIn(ProfileArn, account);
      const { codeId, code } = newEnrollmentCode(account, random);
      const ExpireDate = now + ValidSeconds * 1_000;
      return write((draft) => {
        const profile = named && draft.rolesAnywhereProfiles.find(pairKey(named.region, named.id));
        if (!named || !profile?.RoleArns.includes(RoleArn)) throw error('NoSuchProfile', `There is no profile ${ProfileArn} with the role ${RoleArn}.`);
        if (!findAuthority(draft, named.region)) throw error('NoMachineAuthority', `There is nothing in ${named.region} that issues certificates for machines: CreateMachineAuthority makes it.`);
        const there = draft.enrolledMachines.find(pairKey(named.region, MachineName));
        if (there?.Enrollment) throw error('MachineAlreadyEnrolled', `A machine ${MachineName} is enrolled. Remove it first.`);
        if (!there && draft.enrolledMachines.countBy('region', named.region) >= machinesPerRegionMax) throw error('LimitExceeded', `An account can have at most ${machinesPerRegionMax} machines in a region.`);
        const machine: EnrolledMachineDoc = { MachineName, Region: named.region, ProfileArn, RoleArn, CreateDate: now, Invitation: { CodeId: codeId, CodeHash: hashOfCode(code), ExpireDate } };
        // A code that was given before is good no more.
        if (there) draft.enrolledMachines.update(machine);
        else draft.enrolledMachines.insert(machine);
        return { MachineName, Code: code, ExpireDate };
      });
    },
  },

  ListMachines: {
    access: ({ Region }, { account, region }) => [machineAsk(account, Region ?? region, '*')],
    run({ Region: given, MaxItems = maxItemsDefault, Marker }, { view, region, now, marker }) {
      const Region = given ?? region;
      const after = Marker === undefined ? '' : marker.open(Marker);
      const rest = view.enrolledMachines.listBy('region', Region).filter(({ MachineName }) => MachineName > after).toSorted((a, b) => (a.MachineName < b.MachineName ? -1 : 1));
      const page = rest.slice(0, MaxItems);
      const isTruncated = rest.length > page.length;
      return { Machines: page.map((machine) => shown(machine, now)), IsTruncated: isTruncated, ...(isTruncated && { Marker: marker.seal(page.at(-1)!.MachineName) }) };
    },
  },

  /** Its certificate, or its code, opens nothing from the next request on. */
  RemoveMachine: {
    access: ({ MachineName, Region }, { account, region }) => [machineAsk(account, Region ?? region, MachineName)],
    run: ({ MachineName, Region: given }, { write, region, error }) => write((draft) => {
      if (!draft.enrolledMachines.remove(pairKey(given ?? region, MachineName))) throw error('NoSuchMachine', `There is no machine ${MachineName} in ${given ?? region}.`);
    }),
  },
} satisfies Operations<Gatehouse, 'CreateMachineAuthority' | 'CreateEnrollmentCode' | 'ListMachines' | 'RemoveMachine'>;

const machineAsk = (account: string, region: string, name: string): Ask => ({ resource: `arn:aws:gatehouse:${region}:${account}:machine/${name}` });

export const anchorArn = (account: string, region: string, id: string): string => `arn:aws:rolesanywhere:${region}:${account}:trust-anchor/${id}`;

/** A profile of this account. */
function profileIn(text: string, account: AccessContext<never>['account']): { readonly region: string; readonly id: string } | undefined {
  const parsed = arn.parse(text);
  return parsed?.service === 'rolesanywhere' && parsed.account === account && parsed.resource.startsWith('profile/') ? { region: parsed.region, id: parsed.resource.slice('profile/'.length) } : undefined;
}

const shown = ({ MachineName, Region, ProfileArn, RoleArn, CreateDate, Invitation, Enrollment }: EnrolledMachineDoc, now: Timestamp): EnrolledMachine => ({
  MachineName, Region, ProfileArn, RoleArn, CreateDate,
  ...(Enrollment ? { State: 'enrolled', EnrollDate: Enrollment.EnrollDate } : { State: Invitation.ExpireDate <= now ? 'expired' : 'invited', ExpireDate: Invitation.ExpireDate }),
});
