/** Signing in, a step at a time: the password, then whatever the table of steps says is due, then the session. */
import { passwordHashOf, passwordMark } from '../../authn/password-mark.ts';
import { setTimeout as timer } from 'node:timers/promises';
import { isPassword, unmatchedHash } from '../../proof/password.ts';
import { spendCode, spendTwoCodes } from '../../services/mfa-codes.ts';
import { settingsOf } from '../../services/iam/account-settings.ts';
import { isPasskey, showsCodes } from '../../store/mfa-device-doc.ts';
import type { CodeDeviceDoc } from '../../store/mfa-device-doc.ts';
import { passwordUse } from '../../store/last-used.ts';
import { deviceCookie, identityHash, knownDevice } from './device.ts';
import type { DoorParts } from './parts.ts';
import { identityOf, record, unknownIdentity } from './events.ts';
import { newFlow, resumeFlow, sealFlow, spendFlow } from './flow.ts';
import type { Flow } from './flow.ts';
import { accountNumber, findPrincipal, identityText, readIdentity } from './identity.ts';
import type { Principal } from './identity.ts';
import { limits } from './limits.ts';
import { setFirstPassword } from './new-password.ts';
import type { Outcome } from './outcome.ts';
import { passkeyStep, provenPasskey } from './passkeys.ts';
import { recentRoles } from './recent-roles.ts';
import { refusal } from './refusal.ts';
import { optionalObject, optionalText, ownPath, readFields, requiredText } from './request.ts';
import type { DoorRequest, Fields, Visit } from './request.ts';
import { beginSession } from './sessions.ts';
import { isAdmitted } from './throttle.ts';
import { devicesOf, nextStep, standingOf } from './steps.ts';
import type { StepName } from './steps.ts';
import { ownSessionView, passwordRules } from './views.ts';

/** `POST password`: who it is, and the password. Whether or not there is such an account or user, as much work is done, and the same is said after the same time. */
export async function password(parts: DoorParts, { request }: Visit): Promise<Outcome> {
  const fields = readFields(request);
  const typed = readIdentity(fields);
  const given = requiredText(fields, 'password', limits.passwordLengthMax);
  const continueTo = ownPath(optionalText(fields, 'continue', limits.continueLengthMax));
  const text = identityText(typed);
  const identity = identityHash(text);
  parts.assertAuditWritable();
  const soonestRefusal = (parts.pass ?? passTime)(limits.refusalMs);
  const principal = await findPrincipal(parts, typed);
  const mayTry = await isAdmitted(parts.guard, { identity: text, remoteAddress: request.remoteAddress, deviceId: knownDevice(parts, request, identity) });
  const hash = principal && passwordHashOf(parts, principal.view, principal.principalId);
  const isRight = mayTry && (await (parts.verifyPassword ?? isPassword)(given, hash ?? unmatchedHash));
  if (!principal || hash === undefined || !isRight) {
    const account = principal?.view.account ?? (typed.kind === 'user' ? accountNumber(parts, typed.account) : undefined);
    const failure = mayTry ? 'Failed authentication' : 'Too many attempts';
    record(parts, request, { name: 'ConsoleLogin', identity: principal ? identityOf(principal) : unknownIdentity(typed, account), account, failure, more: { MFAUsed: 'No' } });
    await soonestRefusal;
    throw mayTry ? refusal('AuthenticationFailed') : refusal('TooManyAttempts', undefined, { retryAfterSeconds: limits.attemptsWindowMs / 1000 });
  }
  const flow = newFlow(parts, { account: principal.view.account, principalId: principal.principalId, identity, passwordMark: passwordMark(hash), startedAt: request.receivedAt, continueTo });
  return advance(parts, request, flow, principal);
}

/** Nobody waits for it where nothing is refused, a stop neither. */
const passTime = (ms: number): Promise<unknown> => timer(ms, undefined, { ref: false });

/** `POST mfa`: a code of a device, or two that follow one another where its clock went wrong, or a passkey's response. Without any of them the step is told anew, with another challenge. */
export async function mfa(parts: DoorParts, { request }: Visit): Promise<Outcome> {
  const fields = readFields(request);
  const { flow, principal } = await resumeFlow(parts, requiredText(fields, 'flow', limits.flowLengthMax), request.receivedAt);
  const passkey = optionalObject(fields, 'passkey');
  const isWithPasskey = passkey !== undefined;
  if (!isWithPasskey && fields['code'] === undefined) return advance(parts, request, flow, principal);
  const device = isWithPasskey ? await provenPasskey(parts, request, flow, principal, passkey) : await provenBy(parts, request, fields, principal);
  record(parts, request, { name: 'CheckMfa', identity: identityOf(principal), account: flow.account, failure: device ? undefined : 'Failed authentication', more: { MfaType: isWithPasskey ? 'U2F MFA' : 'Virtual MFA' } });
  if (!device) throw refusal(isWithPasskey ? 'PasskeyFailed' : 'MfaFailed');
  return advance(parts, request, { ...flow, mfaAt: request.receivedAt, mfaDevice: device.SerialNumber }, principal);
}

/** The device that the code is of: the one that was named, else any of the principal's that it fits. */
async function provenBy(parts: DoorParts, request: DoorRequest, fields: Fields, principal: Principal): Promise<CodeDeviceDoc | undefined> {
  const code = requiredText(fields, 'code', codeLengthMax);
  const second = optionalText(fields, 'secondCode', codeLengthMax);
  const named = optionalText(fields, 'device', limits.identityLengthMax);
  const check = { account: principal.view.account, now: request.receivedAt, seal: parts.seal, guard: parts.guard };
  for (const device of devicesOf(principal).filter(showsCodes)) {
    if (named !== undefined && device.SerialNumber !== named) continue;
    if (second === undefined ? await spendCode(device, code, check) : await resynchronize(parts, device, code, second, check)) return device;
  }
  return undefined;
}

const codeLengthMax = 16;

/** Source: "Resync virtual and hardware MFA devices" (IAM User Guide): the sign-in page offers it where a code was refused. */
async function resynchronize(parts: DoorParts, shown: CodeDeviceDoc, first: string, second: string, check: Parameters<typeof spendTwoCodes>[3]): Promise<boolean> {
  const DriftSteps = await spendTwoCodes(shown, first, second, check);
  if (DriftSteps === undefined) return false;
  const { value } = await parts.store.write(check.account, { by: 'gatehouse', requestId: shown.DeviceId, action: 'signin:ResyncMFADevice' }, (draft) => {
    const device = draft.mfaDevices.find(shown.SerialNumber);
    if (!device || !showsCodes(device) || !device.Owner || device.DeviceId !== shown.DeviceId || device.Owner.PrincipalId !== shown.Owner?.PrincipalId) return false;
    draft.mfaDevices.update({ ...device, Owner: { ...device.Owner, DriftSteps } });
    return true;
  });
  return value;
}

/** `POST new-password`: the old one again, and the one to be. */
export async function newPassword(parts: DoorParts, { request, call }: Visit): Promise<Outcome> {
  const fields = readFields(request);
  const { flow, principal } = await resumeFlow(parts, requiredText(fields, 'flow', limits.flowLengthMax), request.receivedAt);
  // What is due before it cannot be skipped.
  if (nextStep(standingOf(flow, principal, parts.store.partition, request.receivedAt)) !== 'newPassword') throw refusal('FlowOver');
  await setFirstPassword(parts, { request, call }, flow, principal, { old: requiredText(fields, 'oldPassword', limits.passwordLengthMax), new: requiredText(fields, 'newPassword', limits.passwordLengthMax) });
  const hash = passwordHashOf(parts, principal.view, principal.principalId);
  if (hash === undefined) throw refusal('FlowOver');
  return advance(parts, request, { ...flow, passwordMark: passwordMark(hash) }, principal);
}

/** Goes on to what is due, or to the session. */
export function advance(parts: DoorParts, request: DoorRequest, flow: Flow, principal: Principal): Outcome | Promise<Outcome> {
  const step = nextStep(standingOf(flow, principal, parts.store.partition, request.receivedAt));
  return step === undefined ? finish(parts, request, flow, principal) : due[step](parts, request, flow, principal);
}

const due: Readonly<Record<StepName, (parts: DoorParts, request: DoorRequest, flow: Flow, principal: Principal) => Outcome | Promise<Outcome>>> = {
  async mfa(parts, request, flow, principal) {
    const devices = devicesOf(principal).map((device) => ({ serialNumber: device.SerialNumber, kind: isPasskey(device) ? 'passkey' : 'totp' } as const));
    const asked = await passkeyStep(parts, request, flow, principal);
    return { step: 'mfa', flow: sealFlow(parts, asked?.flow ?? flow), devices, ...(asked && { passkeyOptions: asked.options }) };
  },
  newPassword: (parts, _request, flow, { view, kind }) => ({ step: 'newPassword', flow: sealFlow(parts, flow), rules: passwordRules(kind === 'root' ? undefined : settingsOf(view).PasswordPolicy) }),
  passwordExpired(parts, request, flow, principal) {
    record(parts, request, { name: 'ConsoleLogin', identity: identityOf(principal), account: flow.account, failure: 'Password expired', more: mfaUsed(flow) });
    throw refusal('PasswordExpired');
  },
};

async function finish(parts: DoorParts, request: DoorRequest, flow: Flow, principal: Principal): Promise<Outcome> {
  const { account, principalId, mfaAt } = flow;
  await spendFlow(parts, flow);
  const { signedIn, cookies } = await beginSession(parts, request, { account, principalId, passwordMark: flow.passwordMark, ...(mfaAt !== undefined && { mfaAt }) });
  parts.lastUsed.mark(passwordUse(principalId), { at: request.receivedAt, service: 'signin', region: 'us-east-1' });
  record(parts, request, { name: 'ConsoleLogin', identity: identityOf(principal), account, more: mfaUsed(flow) });
  return {
    step: 'signedIn', session: await ownSessionView(parts, signedIn, recentRoles(request), request.receivedAt), continueTo: flow.continueTo,
    cookies: [...cookies, deviceCookie(parts, request, flow.identity)],
  };
}

const mfaUsed = ({ mfaAt, mfaDevice }: Flow) => ({ MFAUsed: mfaAt === undefined ? 'No' : 'Yes', ...(mfaDevice !== undefined && { MFAIdentifier: mfaDevice }) });
