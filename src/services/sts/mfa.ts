/** The MFA parameters that GetSessionToken and AssumeRole share. */
import type { Raise } from '../../base/api-error.ts';

interface MfaInput { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined }

/**
 * Refuses MFA parameters that prove nothing. No user has a device yet, so no code can be right; what AWS answers for a device that
 * is not the caller's is the true answer for every one of them.
 */
export function refuseUnprovenMfa({ SerialNumber, TokenCode }: MfaInput, error: Raise<never>): void {
  if (SerialNumber === undefined && TokenCode === undefined) return;
  if (SerialNumber === undefined) throw error('ValidationError', 'SerialNumber must be given with TokenCode');
  if (TokenCode === undefined) throw error('AccessDenied', 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.');
  throw error('AccessDenied', 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.');
}
