/** Calls `stop` once, at the first SIGTERM or SIGINT; Ctrl-C through npm arrives twice. */
export function onStopSignal(stop: () => void): void {
  let stopping = false;
  const once = (): void => {
    if (stopping) return;
    stopping = true;
    stop();
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
}
