import { reasonsOf } from './reasons.js';

describe('What the table says of those who wait', () => {
  it('counts leads by their own reason, and actions by that of pacing', () => {
    const groups = [
      { status: 'invited', reason: 'await_acceptance', leads: 12 },
      { status: 'active', reason: '', leads: 14 },
      { status: 'active', reason: 'await_review', leads: 3 },
      { status: 'paused', reason: 'auth_expired', leads: 2 },
      { status: 'halted', reason: 'OUTCOME_UNKNOWN', leads: 1 },
      { status: 'replied', reason: 'replied', leads: 9, ended: true },
    ];
    const nextAt = '2026-03-03T14:20:00.000Z';
    const pacing = [
      { kind: 'message', reason: 'window', zone: 'Asia/Kolkata', actions: 8, nextAt },
      { kind: 'message', reason: 'window', actions: 4, nextAt },
      { kind: 'message', reason: 'cap_24h', actions: 5, nextAt },
      { kind: 'visit', reason: 'spacing', actions: 1, nextAt },
      { kind: 'message', reason: 'enrollment_paused', actions: 2 },
    ];
    expect(reasonsOf({ campaign: { groups }, pacing }, 'Europe/Lisbon')).toEqual([
      '12 wait for acceptance',
      '8 outside hours (Asia/Kolkata)',
      '5 at the cap of messages, next Tue 14:20',
      '4 outside hours (Europe/Lisbon)',
      '3 with a draft to approve',
      '2 paused: auth expired',
      '1 need a person: OUTCOME UNKNOWN',
      '1 in line, next Tue 14:20',
    ]);
  });
});
