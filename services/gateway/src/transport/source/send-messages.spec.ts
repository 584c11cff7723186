import { create } from '@bufbuild/protobuf';
import { LaunchReportSchema } from '@overture/contracts';
import { launchedView } from './send-messages.controller.js';

describe('The answer to a launch', () => {
  it('counts people and messages, and says for each person what happened (S2-29, S2-41)', () => {
    const report = create(LaunchReportSchema, {
      campaignId: 'c-1',
      queued: 1,
      skipped: 1,
      totalMessages: 3,
      message: '1 people queued with 3 messages, 1 skipped.',
      results: [
        { leadId: 'l-1', name: 'Ada Vale', status: 'queued', messagesQueued: 3 },
        { leadId: 'l-2', name: 'Bo Li', status: 'skipped', reason: 'Not connected' },
      ],
    });
    expect(launchedView(report)).toEqual({
      success: true,
      queued: 1,
      skipped: 1,
      errors: 0,
      totalMessages: 3,
      message: '1 people queued with 3 messages, 1 skipped.',
      results: [
        { prospectId: 'l-1', name: 'Ada Vale', status: 'queued', messagesQueued: 3 },
        { prospectId: 'l-2', name: 'Bo Li', status: 'skipped', reason: 'Not connected' },
      ],
    });
  });
});
