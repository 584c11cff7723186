export function acquireLock(
  file: string,
  options?: { waitMs?: number; what?: string },
): Promise<() => void>;

export function tryLock(file: string): { release: () => void } | { owner: number };
