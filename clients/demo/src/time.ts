import { requestJson } from './http.js';

// `fetch` waits five minutes for an answer, and a slow machine may need longer for a busy week.
const stepMs = 6 * 3_600_000;

/** The remote control of the virtual clock. */
export class Time {
  constructor(private readonly control: { readonly url: string; readonly token: string }) {}

  async now(): Promise<Date> {
    return new Date((await this.call<{ now: string }>('GET', '')).now);
  }

  /** Lets time pass up to `until`; answers when it is reached and everybody is idle again. */
  async advance(until: Date, paceMsPerDay: number): Promise<void> {
    let now = await this.now();
    do {
      const step = new Date(Math.min(now.getTime() + stepMs, until.getTime()));
      await this.call('POST', '/advance', { until: step.toISOString(), paceMsPerDay });
      now = step;
    } while (now < until);
  }

  /** Hands over to the system's clock. */
  async release(): Promise<void> {
    await this.call('POST', '/release', {});
  }

  private call<T>(method: string, path: string, body?: object): Promise<T> {
    return requestJson<T>(`${this.control.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.control.token}` },
      ...(body && { body }),
    });
  }
}
