import { Agent, request } from 'undici';
import { secondMs } from '@overture/kernel';
import { Postman, type Posted } from '../app/ports.js';

const deadlineMs = 5 * secondMs;

/** Posts over HTTP; an answer that does not come in time counts as none. */
export class HttpPostman extends Postman {
  private readonly agent = new Agent({ connections: 8, pipelining: 1 });

  override async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: object,
  ): Promise<Posted> {
    try {
      const { statusCode, body: answer } = await request(url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(deadlineMs),
      });
      await answer.dump();
      return { status: statusCode };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return { status: null, error: code ?? (error as Error).name };
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}
