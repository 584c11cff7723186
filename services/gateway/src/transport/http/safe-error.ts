/** What a log may hold of an error: database drivers hang statements, values and rows on theirs. */
export function safeError(error: unknown): { type: string; message: string; stack?: string } {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Something else than an error was thrown.' };
  const { name, message, stack } = error;
  return { type: name, message, ...(stack !== undefined && { stack }) };
}
