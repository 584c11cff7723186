export function temporaryFolder(): string;
export function sweepTemporary(): Promise<void>;
