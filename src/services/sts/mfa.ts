/** The MFA parameters that GetSessionToken and AssumeRole share: a code of the caller's own device, good once. */
import type { Raise } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import { spendCode } from '../mfa-codes.ts';
import { showsCodes } from '../../store/mfa-device-doc.ts';
import type { ProofContext } from '../operation.ts';

interface MfaInput { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined }

/** The caller, with MFA where the code is right. Raises what AWS says to every code that proves nothing. */
export async function callerWithMfa({ SerialNumber, TokenCode }: MfaInput, context: ProofContext<never>): Promise<IdentifiedCaller> {
  const { caller, view, now, error } = context;
  if (SerialNumber === undefined && TokenCode === undefined) return caller;
  if (SerialNumber === undefined) throw error('ValidationError', 'SerialNumber must be given with TokenCode');
  if (TokenCode === undefined) throw error('AccessDenied', 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.');
  const device = view.mfaDevices.find(SerialNumber);
  // Only a user or root has devices: a role's unique id owns none. A passkey shows no codes, and STS takes none. Source: "GetSessionToken" (STS API Reference).
  if (!device || !showsCodes(device) || device.Owner?.PrincipalId !== caller.principalId) throw unknownDevice(error);
  if (!(await spendCode(device, TokenCode, context))) throw error('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
  return { ...caller, mfaAt: now };
}

function unknownDevice(error: Raise<never>): Error {
  return error('AccessDenied', 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.');
}
