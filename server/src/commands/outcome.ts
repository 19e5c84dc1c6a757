/** Exit codes of every command. */
export const CLEAN = 0;
export const FINDINGS = 1;
export const COULD_NOT_RUN = 2;

/** Why a run could not begin or end, told to the person without a stack. */
export class RunError extends Error {}
