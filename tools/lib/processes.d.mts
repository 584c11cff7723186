export function isAlive(pid: number): boolean;
export function run(
  command: string,
  args: readonly string[],
  options?: object,
): Promise<{ code: number; output: string; signal?: string }>;
