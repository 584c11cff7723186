/** How long the gateway waits for work that grows with its input; everything else has the default of a call. */
export const launchMs = 60_000;
export const importBatchMs = 60_000;

/** A running campaign that gets another version answers who could not follow it. */
export const reviseMs = 60_000;

/** Each of many drafts is decided by itself. */
export const decideDraftsMs = 60_000;

/** Up to 50 000 leads are read and played. */
export const forecastMs = 60_000;
