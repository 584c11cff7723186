import { instant } from '@overture/kernel';
import { keepsTheLaws, specification } from '@overture/testing/decider';
import fc from 'fast-check';
import { relation, relationStream, type RelationCommand, type RelationEvent } from './relation.js';

const { given } = specification(relation);

const at = instant('2026-03-02T09:00:00Z');
const between = { identityId: 'i-1', leadId: 'l-1' };

function acceptance(witness: string) {
  return { ...between, connectedAt: at, witness, fingerprints: ['f-1'], at };
}

function reply(messageId: string, witness = 'sync') {
  return { ...between, messageId, sentAt: at, witness, at };
}

const see = (witness: string): RelationCommand => {
  return { type: 'SeeAcceptance', data: acceptance(witness) };
};
const hear = (messageId: string, witness = 'sync'): RelationCommand => {
  return { type: 'SeeReply', data: reply(messageId, witness) };
};
const accepted: RelationEvent = { type: 'AcceptanceSeen', data: acceptance('sync') };
const replied: RelationEvent = { type: 'ReplySeen', data: reply('m-1') };

const missInvitation: RelationCommand = {
  type: 'SeeInvitationGone',
  data: { ...between, sentAt: at, witness: 'sent_invitations', at },
};
const gone: RelationEvent = {
  type: 'InvitationGone',
  data: { ...missInvitation.data, reinviteLockedUntil: instant('2026-03-23T09:00:00.000Z') },
};

describe('A relation', () => {
  it('is accepted once, whoever sees it first (P09)', () => {
    given().when(see('sync')).then(accepted);
    given(accepted).when(see('webhook')).thenNothing();
  });

  it('hears a message once, by its id (P8)', () => {
    given().when(hear('m-1')).then(replied);
    given(replied).when(hear('m-1', 'sender')).thenNothing();
    given(replied)
      .when(hear('m-2'))
      .then({ type: 'ReplySeen', data: reply('m-2') });
  });

  it('loses an open invitation once, and names when the person may be invited again (F014)', () => {
    given().when(missInvitation).then(gone);
    given(gone).when(missInvitation).thenNothing();
    given(accepted).when(missInvitation).thenNothing();
  });

  it('has one stream for an identity and a lead', () =>
    expect(relationStream(between)).toBe('relation-i-1.l-1'));

  keepsTheLaws(relation, {
    stories: fc.array(fc.constantFrom(see('sync'), see('webhook'), hear('m-1'), missInvitation), {
      maxLength: 12,
    }),
    events: fc.constantFrom(accepted, replied, gone),
  });
});
