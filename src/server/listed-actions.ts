/** Looks actions up in AWS's own list, for the commands that take one from a file. */
import { findListedAction, type ListedAction } from '../model/listed-action.ts';
import { authorizationReference } from './read-model.ts';

/** Undefined where AWS has no such service. */
export const findAction = (action: string): ListedAction | undefined => findListedAction(authorizationReference, action);
