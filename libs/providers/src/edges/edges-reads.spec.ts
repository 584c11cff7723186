import { TransientError } from '@overture/kernel';
import { ProviderRejection } from '../outcome.js';
import { account, EdgesUnderTest } from '../../test/edges-under-test.js';
import { answers, refuses, resets, type Scene } from '../../test/scripted-edges.js';

describe('A read through Edges', () => {
  const line = new EdgesUnderTest();

  const connection = (number: number) => ({
    linkedin_profile_id: number,
    linkedin_profile_url: `https://www.linkedin.com/in/person-${number}`,
    connected_at: '2026-03-04T09:15:00Z',
  });
  const page = (numbers: number[], next?: string): Scene =>
    answers(200, numbers.map(connection), next === undefined ? {} : { 'x-pagination-next': next });
  const numbersOf = async () => {
    const pages: string[][] = [];
    for await (const items of line.provider.connections(account)) {
      pages.push(items.map(({ person }) => person.ids.numericId ?? ''));
    }
    return pages;
  };

  it('follows the cursor with the same body, and passes on overlapping rows once', async () => {
    line.edges.script(
      page([1, 2, 3], 'https://api.edges.run/v1/actions/x/run/live?cursor=two%3D'),
      page([2, 3, 4], '/somewhere?cursor=three'),
      page([4, 5]),
    );
    expect(await numbersOf()).toEqual([['1', '2', '3'], ['4'], ['5']]);
    const path = '/edges/v1/actions/linkedin-extract-connections/run/live';
    expect(line.edges.seen.map((request) => request.path)).toEqual([
      path,
      `${path}?cursor=two%3D`,
      `${path}?cursor=three`,
    ]);
    expect(new Set(line.edges.seen.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('never sends the key to the host a link names', async () => {
    line.edges.script(page([1], 'https://elsewhere.example/v1?cursor=two'), page([2]));
    expect(await numbersOf()).toHaveLength(2);
    expect(line.edges.seen).toHaveLength(2);
  });

  it('asks for no further page once the caller has seen enough', async () => {
    line.edges.script(page([1, 2], '/?cursor=two'));
    for await (const _page of line.provider.connections(account)) break;
    expect(line.edges.seen).toHaveLength(1);
  });

  it('gives up on a cursor that goes in circles', async () => {
    line.edges.script(page([1], '/?cursor=two'));
    await expect(numbersOf()).rejects.toThrow(TransientError);
  });

  it.each([
    ['a refusal', refuses(424, 'AUTH_EXPIRED'), ProviderRejection],
    ['a wrong key', answers(401, ''), ProviderRejection],
    ['a burst', answers(429, {}, { 'retry-after': '5' }), ProviderRejection],
    ['a server error', answers(500, ''), TransientError],
    ['a proxy error', refuses(424, 'PROXY_ERROR'), TransientError],
    ['LinkedIn not answering', refuses(424, 'LK_524'), TransientError],
    ['a label nobody documented', refuses(424, 'SOMETHING_NEW'), TransientError],
    ['a reset', resets, TransientError],
    ['malformed JSON', answers(200, '[{'), TransientError],
    ['text instead of rows', answers(200, '"rows"'), TransientError],
  ])('throws for %s', async (_what, scene, error) => {
    line.edges.script(scene);
    await expect(numbersOf()).rejects.toThrow(error);
  });

  it('carries label and waiting time in the refusal', async () => {
    line.edges.script(answers(429, {}, { 'retry-after': '5' }));
    await expect(numbersOf()).rejects.toMatchObject({ label: 'STATUS_429', retryAfterMs: 5_000 });
  });

  it('reads conversations, and leaves out rows it cannot name', async () => {
    line.edges.script(
      answers(200, [
        { nonsense: true },
        {
          linkedin_thread_id: '2-AA==',
          participants: [
            { linkedin_profile_id: 7, linkedin_profile_url: 'https://www.linkedin.com/in/Ada' },
          ],
          last_activity_at: '2026-03-04T09:15:00Z',
          last_message: { message_id: 'm-9', content: 'Hi', linkedin_profile_id: '7' },
        },
      ]),
    );
    const pages = [];
    for await (const items of line.provider.conversations(account)) pages.push(items);
    expect(pages).toEqual([
      [
        {
          threadId: '2-AA==',
          participants: [
            {
              ids: { numericId: '7', handle: 'ada' },
              profileUrl: 'https://www.linkedin.com/in/Ada',
            },
          ],
          lastActivityAt: '2026-03-04T09:15:00.000Z',
          lastMessage: {
            messageId: 'm-9',
            threadId: '2-AA==',
            text: 'Hi',
            sender: { numericId: '7' },
          },
          sponsored: false,
        },
      ],
    ]);
  });

  it('reads messages and sent invitations', async () => {
    const rows = [{ message_id: 1, linkedin_thread_id: '2-AA==', content: 'Hi', created_at: 'x' }];
    line.edges.script(answers(200, rows));
    for await (const items of line.provider.messages({ ...account, thread: '2-AA==' })) {
      expect(items).toEqual([{ messageId: '1', threadId: '2-AA==', text: 'Hi', sender: {} }]);
    }
    expect(line.edges.seen[0]?.body).toMatchObject({ input: { linkedin_thread_url: '2-AA==' } });
    const urn = 'urn:li:fsd_invitation:77';
    line.edges.script(
      answers(200, [{ linkedin_invitation_urn: urn, sent_date: '2026-03-04T09:15:00Z' }]),
    );
    for await (const items of line.provider.sentInvitations(account)) {
      expect(items).toMatchObject([{ invitationId: '77', invitationUrn: urn }]);
    }
  });

  it('knows who it is, whatever the numeric id is called', async () => {
    line.edges.script(
      answers(200, { id: 42, handle: 'Grace', full_name: 'Grace H', premium_subscriber: true }),
    );
    expect(await line.provider.me(account)).toEqual({
      ids: { numericId: '42', handle: 'grace' },
      fullName: 'Grace H',
      premium: true,
    });
    line.edges.script(answers(200, {}));
    await expect(line.provider.me(account)).rejects.toThrow(TransientError);
  });

  it.each([
    [{ status: 'VALID' }, 'valid'],
    [{ status: 'valid' }, 'valid'],
    [{ status: 'INVALID' }, 'invalid'],
    [{ status: 'INVALID', error: { label: 'INTEGRATION_ERROR' } }, 'restricted'],
    [{ status: 'PENDING' }, 'pending'],
    [{ status: 'LIMIT_REACHED' }, 'limited'],
    [{ status: 'SOMETHING_NEW' }, 'pending'],
  ])('reads the integration %j as %s', async (body, state) => {
    line.edges.script(answers(200, body));
    expect(await line.provider.accountState(account)).toBe(state);
    expect(line.edges.seen[0]).toMatchObject({
      method: 'GET',
      path: `/edges/v1/identities/${account.accountRef}/integrations/linkedin`,
    });
  });

  it('asks for a login link', async () => {
    line.edges.script(answers(200, { linkedin: 'https://login.example/1' }));
    expect(await line.provider.loginLink(account)).toEqual({ url: 'https://login.example/1' });
    line.edges.script(answers(200, {}));
    await expect(line.provider.loginLink(account)).rejects.toThrow(TransientError);
  });
});
