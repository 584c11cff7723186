import { requestJson } from './http.js';

/** The remote control of the virtual clock. */
export class Time {
  constructor(private readonly control: { readonly url: string; readonly token: string }) {}

  async now(): Promise<Date> {
    return new Date((await this.call<{ now: string }>('GET', '')).now);
  }

  /** Lets time pass up to `until`; answers when it is reached and everybody is idle again. */
  async advance(until: Date, paceMsPerDay: number): Promise<void> {
    const wanted = { until: until.toISOString(), paceMsPerDay };
    while (!(await this.call<{ done: boolean }>('POST', '/advance', wanted)).done);
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
