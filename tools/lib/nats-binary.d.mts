export type Attempt = { name: string; path?: string; problem?: string };

export function findNatsServer(options?: {
  env?: Record<string, string | undefined>;
  log?: (text: string) => void;
  /** Where it is looked for besides the PATH. */
  systemFolders?: readonly string[];
  sources?: readonly ((folder: string, log: (text: string) => void) => AsyncIterable<Attempt>)[];
}): Promise<{ path: string; version: string }>;
