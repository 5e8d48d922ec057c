/** What follows when credentials are refused: the person is asked to sign in again, unless the session still stands. */
import { goToSignIn, readSession, sessionInAddress } from './session.ts';
import type { Problem } from './problem.ts';

let isLeaving = false;

/** Leaves for the sign-in page once where the session is over; the problem, to be shown meanwhile. */
export function settleOver(problem: Problem): Problem {
  if (problem.kind !== 'over' || isLeaving) return problem;
  isLeaving = true;
  const leave = (): void => goToSignIn();
  if (problem.name === 'SessionOver') leave();
  // The role may be gone while the session stands: a page loaded anew acts as whoever signed in.
  else readSession(sessionInAddress()).then(() => location.reload(), leave);
  return problem;
}
