import { account, EdgesUnderTest } from '../../test/edges-under-test.js';
import { answers, refuses } from '../../test/scripted-edges.js';

describe('What an account wrote and what it has left', () => {
  const line = new EdgesUnderTest();

  it('reads what an account wrote under posts, for the read-back of a comment (I10)', async () => {
    const row = {
      linkedin_comment_id: '9',
      comment_text: 'Well said',
      comment_time: '2026-03-04T09:15:00Z',
      linkedin_post_url: 'https://www.linkedin.com/feed/update/urn:li:activity:7123456789',
    };
    line.edges.script(answers(200, [row, { linkedin_comment_id: '10' }]));
    const profileUrl = 'https://www.linkedin.com/in/ada-vale';
    for await (const items of line.provider.comments({ ...account, profileUrl })) {
      expect(items).toEqual([
        {
          commentId: '9',
          text: 'Well said',
          at: '2026-03-04T09:15:00.000Z',
          postUrl: row.linkedin_post_url,
        },
      ]);
    }
  });

  it('reads what is left of InMail credits and notes, by the tightest window (S4-26, F027)', async () => {
    const month = { slug: 'MONTH', remaining: 3 };
    const notes = { slug: 'PERSONALIZED_NOTES_MONTH', remaining: 2 };
    line.edges.script(
      answers(200, { limits: [{ slug: 'DAY', remaining: 5 }, month] }),
      answers(200, { limits: [{ slug: 'DAY', remaining: 25 }, notes] }),
    );
    expect(await line.provider.allowances(account)).toEqual({ inmailCredits: 3, notesLeft: 2 });
    line.edges.script(refuses(404, 'STATUS_404'));
    expect(await line.provider.allowances(account)).toEqual({});
    line.edges.script(refuses(424, 'AUTH_EXPIRED'));
    await expect(line.provider.allowances(account)).rejects.toMatchObject({
      label: 'AUTH_EXPIRED',
    });
  });
});
