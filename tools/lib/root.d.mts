export function repositoryRoot(from?: string): string;
