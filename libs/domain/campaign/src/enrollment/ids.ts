import { enrollmentCategory } from './events.js';
import type { Enrolled } from './state.js';

export function enrollmentStream(enrollmentId: string): string {
  return `${enrollmentCategory}-${enrollmentId}`;
}

/** One logical send: the same text in every process, so that planning twice plans once (I1). */
export function actionIdOf(enrollmentId: string, step: number, occurrence: number): string {
  return `${enrollmentId}.${step}.${occurrence}`;
}

/** Of a step that was given up and is tried again by hand: the next one that was never used. */
export function freshActionId(state: Enrolled, step: number): string {
  const used = Object.values(state.actions).filter((action) => action.step === step).length;
  return actionIdOf(state.enrollmentId, step, used);
}

/** The name of the step a plan is for; the first plans were stored without. */
export function stepName({ step, stepId }: { step: number; stepId?: string }): string {
  return stepId ?? `s${step + 1}`;
}

/** The pause of everything an identity does while its login is lost; one for each login that ended. */
export function authPauseId(identityId: string, generation: number): string {
  return `auth-${identityId}-${generation}`;
}
