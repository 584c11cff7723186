import { answers } from '../../test/scripted-edges.js';
import { apiKey, EdgesUnderTest, message, person, sent, ids } from '../../test/edges-under-test.js';

describe('A write through Edges (F074)', () => {
  const line = new EdgesUnderTest();

  it('posts one live run for one identity, with the attempt, to the normal URL (F005)', async () => {
    await line.send(answers(200, sent));
    expect(line.edges.seen).toMatchObject([
      {
        method: 'POST',
        path: '/edges/v1/actions/linkedin-message-profile/run/live',
        headers: { 'x-api-key': apiKey },
        body: {
          identity_ids: [person.accountRef],
          input: {
            linkedin_profile_url: 'https://www.linkedin.com/in/ada-vale',
            custom_data: { attempt_id: 'e-1.2.0.1' },
          },
          parameters: { message: 'Hello Ada' },
        },
      },
    ]);
  });

  it.each([
    ['an object', sent],
    ['a one-element array', [sent]],
    ['ids as text', { ...sent, linkedin_profile_id: '40123' }],
  ])('reads %s', async (_what, body) => {
    expect(await line.send(answers(200, body))).toEqual({
      kind: 'accepted',
      person: { numericId: '40123', memberId: 'ACoAAB12' },
      at: '2026-03-04T09:15:00.000Z',
      messageId: 'm-1',
      threadId: '2-QUJD==',
      threadUrl: sent.linkedin_thread_url,
    });
  });

  it('refuses by itself an address that is no profile', async () => {
    line.edges.script(answers(200, sent));
    const outcome = await line.provider.visit({ ...person, profileUrl: 'https://lnkd.in/x' });
    expect(outcome).toMatchObject({ kind: 'rejected', label: 'INVALID_INPUT' });
    expect(line.edges.seen).toEqual([]);
  });

  it.each([
    [
      { connected: false, pending: true, connection_sent_date: '2026-03-04T09:15:00Z', ...ids },
      { pending: true, at: '2026-03-04T09:15:00.000Z' },
    ],
    [{ connected: true, pending: false, ...ids }, { alreadyConnected: true }],
    [{ connected: false, pending: false, ...ids }, {}],
  ])('reads the result of an invitation %j', async (body, expected) => {
    line.edges.script(answers(200, body));
    const outcome = await line.provider.connect({ ...person, note: 'Hello' });
    const invited = { numericId: '40123', memberId: 'ACoAAB12' };
    expect(outcome).toEqual({ kind: 'accepted', person: invited, ...expected });
    expect(line.edges.seen[0]?.body).toMatchObject({ parameters: { message: 'Hello' } });
  });

  it('sends no note when there is none (F004)', async () => {
    line.edges.script(answers(200, { pending: true, ...ids }));
    await line.provider.connect(person);
    expect(line.edges.seen[0]?.body).not.toHaveProperty('parameters');
  });

  it('takes a visit without a result as a profile that is not there (F006)', async () => {
    line.edges.script(answers(200, []));
    expect(await line.provider.visit(person)).toMatchObject({
      kind: 'rejected',
      label: 'PROFILE_NOT_ACCESSIBLE',
    });
  });

  it('withdraws by the invitation found among those sent (F014)', async () => {
    const urn = 'urn:li:fsd_invitation:77';
    line.edges.script(answers(200, { linkedin_invitation_id: '77', linkedin_invitation_urn: urn }));
    const outcome = await line.provider.withdraw({
      accountRef: person.accountRef,
      invitationUrn: urn,
    });
    expect(outcome).toEqual({ kind: 'accepted', person: {} });
  });

  it('sends an InMail with its subject (F009)', async () => {
    line.edges.script(answers(200, sent));
    const outcome = await line.provider.inmail({ ...message, subject: 'A question' });
    expect(outcome).toMatchObject({ kind: 'accepted', messageId: 'm-1', threadId: '2-QUJD==' });
    expect(line.edges.seen[0]).toMatchObject({
      path: '/edges/v1/actions/linkedin-inmail-profile/run/live',
      body: {
        input: { linkedin_profile_url: 'https://www.linkedin.com/in/ada-vale' },
        parameters: { subject: 'A question', message: 'Hello Ada' },
      },
    });
  });

  const post = 'https://www.linkedin.com/posts/ada-vale_x-activity-7123456789-AbCd';
  const reply = `https://www.linkedin.com/feed/update/urn:li:activity:7123456789?commentUrn=urn%3Ali%3Acomment%3A1`;
  const write = { accountRef: person.accountRef, text: 'Well said', attemptId: 'e-1.0.0.1' };

  it.each([
    [post, { linkedin_post_url: post }],
    [reply, { linkedin_comment_url: reply }],
  ])('comments %s by the key Edges has for it (F007, S3-26)', async (postUrl, input) => {
    const url = 'https://www.linkedin.com/feed/update/urn:li:activity:7123456789';
    line.edges.script(answers(200, { linkedin_url: url, thread_urn: 'urn:li:comment:9' }));
    const outcome = await line.provider.comment({ ...write, postUrl });
    expect(outcome).toEqual({
      kind: 'accepted',
      person: {},
      threadId: 'urn:li:comment:9',
      resultUrl: url,
    });
    expect(line.edges.seen[0]?.body).toMatchObject({ input, parameters: { comment: 'Well said' } });
  });

  it.each(['https://www.linkedin.com/pulse/an-article', 'https://example.com/posts/x', ''])(
    'refuses by itself to comment "%s", which Edges could not',
    async (postUrl) => {
      line.edges.script(answers(200, {}));
      const outcome = await line.provider.comment({ ...write, postUrl });
      expect(outcome).toMatchObject({ kind: 'rejected', label: 'INVALID_INPUT' });
      expect(line.edges.seen).toEqual([]);
    },
  );

  it('does not believe a comment that nothing shows', async () => {
    line.edges.script(answers(200, { comment: 'Well said' }));
    expect(await line.provider.comment({ ...write, postUrl: post })).toMatchObject({
      kind: 'unknown',
    });
  });
});
