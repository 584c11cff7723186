/** What to undo when this process ends, last first; told to by a signal, or by the death of the npm that started it. */
export class Stopper {
  #stops = [];
  #controller = new AbortController();
  #parent = process.ppid;
  #watch;

  constructor() {
    // Ctrl-C arrives twice, from the terminal and from npm; the second one must change nothing.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(name, () => this.#controller.abort());
    if (!process.env.npm_lifecycle_event) return;
    this.#watch = setInterval(() => {
      if (process.ppid !== this.#parent) this.#controller.abort();
    }, 1_000);
  }

  /** Aborts when this process is asked to end. */
  get signal() {
    return this.#controller.signal;
  }

  /** Remembers how to undo something; when the end has begun already, undoes it and gives up what was under way. */
  async add(stop) {
    this.#stops.push(stop);
    this.signal.throwIfAborted();
  }

  /** Resolves when this process is asked to end; rejects when what it runs ends by itself. */
  async untilStopped(ended) {
    const asked = new Promise((resolve) => this.signal.addEventListener('abort', resolve));
    if (!this.signal.aborted) await Promise.race([asked, ended]);
  }

  async stopAll() {
    clearInterval(this.#watch);
    for (const stop of this.#stops.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        console.error(error.message);
      }
    }
  }
}
