/** EnrollMachine: a certificate for a machine that presents its code, once. Nobody signs the request: the code is all that the machine has. */
import type { Gatehouse } from '../../../models/gatehouse.ts';
import type { Raise } from '../../base/api-error.ts';
import { permittedBySecret } from '../../authz/ask.ts';
import { readCertificateRequest } from '../../credentials/authority/certificate-request.ts';
import { isStrongKey } from '../../proof/x509/chain.ts';
import { certificateFingerprint } from '../enrolled-machines.ts';
import type { OpenCaller, Operations, RunContext } from '../operation.ts';
import type { EnrolledMachineDoc } from '../../store/enrolled-machine-docs.ts';
import { isCodeOf, readEnrollmentCode } from './enrollment-code.ts';
import { attemptsPerAddressMax, attemptsPerCodeMax, attemptsWindowMs, enrollmentSecondsMax } from './limits.ts';
import { findAuthority, issueMachineCertificate } from './machine-authority.ts';
import { anchorArn } from './machines.ts';

type Context = RunContext<Gatehouse['EnrollMachine']['errors'], OpenCaller>;

export const enrollment = {
  EnrollMachine: {
    proof: 'signatureOrNone',
    needsObjects: false,
    accounts({ Code }, partition, error) {
      const account = readEnrollmentCode(Code)?.account;
      if (account === undefined || !partition.accounts.find(account)) throw unknownCode(error);
      return [account];
    },
    access: permittedBySecret('the code, which gatehouse:CreateEnrollmentCode gave whoever may let the machine in'),
    async run({ Code, CertificateRequest }, context) {
      const { account, now, guard, error, writeIn } = context;
      // INVARIANT: what is no code named no account.
      const { codeId, account: owner } = readEnrollmentCode(Code)!;
      const machine = await proveCode(Code, codeId, owner, context);
      const request = readCertificateRequest(CertificateRequest);
      if (!request || !isSigning(request.publicKey)) throw error('InvalidCertificateRequest', 'The request is none that its own key has signed, or the key is none that signs for Roles Anywhere: an elliptic curve of NIST\'s, or RSA with 2048 bits at least.');
      const view = context.accountView(owner)!;
      const authority = findAuthority(view, machine.Region);
      if (!authority) throw error('NoMachineAuthority', 'What issued certificates for machines is there no more.');
      const Certificate = issueMachineCertificate(authority, machine.MachineName, request.publicKey, { ...context, account: owner });
      // Spent from here on, also where what follows fails.
      if (!(await guard.consume(`enrollment/${account}/${codeId}`, machine.Invitation.ExpireDate))) throw usedCode(error);
      return writeIn(owner, (draft) => {
        const found = draft.enrolledMachines.findBy('code', codeId);
        if (!found) throw unknownCode(error);
        if (found.Enrollment) throw usedCode(error);
        draft.enrolledMachines.update({ ...found, Enrollment: { Fingerprint: certificateFingerprint(Certificate), EnrollDate: now } });
        return { MachineName: found.MachineName, Certificate, TrustAnchorArn: anchorArn(owner, found.Region, authority.TrustAnchorId), ProfileArn: found.ProfileArn, RoleArn: found.RoleArn };
      });
    },
  },
} satisfies Operations<Gatehouse, 'EnrollMachine'>;

/** Roles Anywhere knows signatures of these. */
const isSigning = (key: Parameters<typeof isStrongKey>[0]): boolean => (key.asymmetricKeyType === 'ec' || key.asymmetricKeyType === 'rsa') && isStrongKey(key);

/** One answer for a code that never was, one that was withdrawn, and one with a wrong secret: nobody is told how near he came. */
const unknownCode = (error: Raise<'InvalidEnrollmentCode'>): Error => error('InvalidEnrollmentCode', 'The enrollment code is not valid. Ask for another one.');
const usedCode = (error: Raise<'EnrollmentCodeUsed'>): Error => error('EnrollmentCodeUsed', 'The enrollment code was used: it is good once. Ask for another one; if it was not this machine that used it, remove the machine that did.');

/** The machine that the code is for. Attempts are counted before anything is told, by where they come from and by code. */
async function proveCode(code: string, codeId: string, account: string, { accountView, guard, transport, now, error }: Context): Promise<EnrolledMachineDoc> {
  if ((await guard.count(`enrollment/from/${transport.sourceIp}`, attemptsWindowMs)) > attemptsPerAddressMax) throw error('Throttling', 'Rate exceeded');
  const machine = accountView(account)?.enrolledMachines.findBy('code', codeId);
  if (!machine) throw unknownCode(error);
  // Who knows which code there is does not get to try its secret at leisure.
  if ((await guard.count(`enrollment/tried/${account}/${codeId}`, enrollmentSecondsMax * 1_000)) > attemptsPerCodeMax) throw unknownCode(error);
  if (!isCodeOf(machine.Invitation.CodeHash, code)) throw unknownCode(error);
  if (machine.Enrollment) throw usedCode(error);
  if (machine.Invitation.ExpireDate <= now) throw error('EnrollmentCodeExpired', 'The enrollment code is over. Ask for another one.');
  return machine;
}
