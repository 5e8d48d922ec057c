/** A sign-in between its password and its end. The browser keeps it, sealed; nothing is stored of who does not finish. */
import { passwordHashOf, passwordMark } from '../../authn/password-mark.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { DoorParts } from './parts.ts';
import { limits } from './limits.ts';
import { refusal } from './refusal.ts';
import { openState, sealState } from './sealed.ts';
import type { Principal } from './identity.ts';

export interface Flow {
  readonly id: string;
  readonly account: string;
  readonly principalId: string;
  /** By which the browser is known the next time: a hash of what was typed. */
  readonly identity: string;
  /** Of the password that was right. */
  readonly passwordMark: string;
  readonly startedAt: Timestamp;
  readonly mfaAt?: Timestamp;
  /** Serial number of the device that proved it. */
  readonly mfaDevice?: string;
  /** What a passkey is to sign. */
  readonly challenge?: string;
  /** A path of our own. */
  readonly continueTo?: string | undefined;
}

export const newFlow = (parts: DoorParts, begun: Omit<Flow, 'id'>): Flow => ({ id: Buffer.from(parts.random(16)).toString('base64url'), ...begun });

export const sealFlow = ({ seal }: DoorParts, flow: Flow): string => sealState(seal, 'flow', flow);

/** The flow, and who it is about, as they are now. Raises FlowOver where it is too old, had too many steps, is done, or the principal or its password changed meanwhile. */
export async function resumeFlow(parts: DoorParts, text: string, now: Timestamp): Promise<{ readonly flow: Flow; readonly principal: Principal }> {
  const flow = openState<Flow>(parts.seal, 'flow', text);
  if (!flow || now >= flow.startedAt + limits.flowMs) throw refusal('FlowOver');
  if ((await parts.guard.count(`signin/flow/${flow.id}`, limits.flowMs)) > limits.stepsPerFlow) throw refusal('FlowOver');
  const view = await parts.store.account(flow.account);
  const user = view?.users.find(flow.principalId);
  const isRoot = flow.principalId === flow.account;
  const hash = view && passwordHashOf(parts, view, flow.principalId);
  if (!view || (!isRoot && !user) || hash === undefined || passwordMark(hash) !== flow.passwordMark) throw refusal('FlowOver');
  return { flow, principal: { view, principalId: flow.principalId, kind: isRoot ? 'root' : 'user', userName: user?.UserName } };
}

/** Ends the flow: it begins one session and no second one. */
export async function spendFlow({ guard }: DoorParts, flow: Flow): Promise<void> {
  if (!(await guard.consume(`signin/flow-done/${flow.id}`, flow.startedAt + limits.flowMs))) throw refusal('FlowOver');
}
