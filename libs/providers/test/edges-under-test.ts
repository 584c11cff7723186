import { EdgesProvider } from '../src/edges/edges-provider.js';
import type { MessageRequest } from '../src/linkedin-provider.js';
import type { WriteOutcome } from '../src/outcome.js';
import { ScriptedEdges, type Scene } from './scripted-edges.js';

export const apiKey = 'a-secret-key';
export const account = { accountRef: '6f0c0000-0000-4000-8000-000000000001' };
export const person = { ...account, profileUrl: 'https://de.linkedin.com/in/ada-vale/' };
export const message = { ...person, text: 'Hello Ada', attemptId: 'e-1.2.0.1' };
export const ids = { sales_navigator_profile_id: 'ACoAAB12', linkedin_profile_id: 40123 };
export const sent = {
  ...ids,
  is_sent: true,
  delivered_at: '2026-03-04T09:15:00Z',
  linkedin_message_id: 'm-1',
  linkedin_thread_id: '2-QUJD==',
  linkedin_thread_url: 'https://www.linkedin.com/messaging/thread/2-QUJD==/',
};

/** The adapter against a server that says what the test wants; opened and closed with the tests around it. */
export class EdgesUnderTest {
  readonly edges = new ScriptedEdges();
  provider!: EdgesProvider;
  baseUrl = '';

  constructor() {
    beforeAll(async () => {
      this.baseUrl = await this.edges.open();
      const options = { deadlineMs: 60_000, responseBytesMax: 100_000 };
      this.provider = new EdgesProvider({ baseUrl: this.baseUrl, apiKey, ...options });
    });
    afterAll(async () => {
      await this.provider.close();
      this.edges.close();
    });
  }

  send(scene: Scene, rest: Partial<MessageRequest> = {}): Promise<WriteOutcome> {
    this.edges.script(scene);
    return this.provider.message({ ...message, ...rest });
  }
}
