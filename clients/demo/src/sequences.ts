const dayMs = 86_400_000;

/** Monday to Friday, office hours, where the lead is; Lisbon where we do not know. */
export const schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
  fallbackZone: 'Europe/Lisbon',
};

/** What each campaign takes of its identity's day; the rest is for campaigns to come. */
export const settings = {
  connector: { dailyCaps: { connect: 6 } },
  messenger: { dailyCaps: { message: 9 } },
};

/** Managers read of figures and meet again by InMail; everybody else gets a way out. */
const isManager = { when: 'field', field: 'title', op: 'contains', value: 'manager' };

/** Visit, invite, and then one of two ways, by whether the invitation is accepted in a week. */
export const connectorSequence = {
  acceptWithinDays: 14,
  steps: [
    { id: 'look', kind: 'visit' },
    {
      id: 'invite',
      kind: 'connect',
      delayMs: dayMs,
      variants: [
        {
          id: 'note',
          text: 'Hi {first_name|there}, {if company_name}your work at {company_name} caught my eye.{else}your work caught my eye.{end} Happy to connect.',
        },
        { id: 'silent', text: '' },
      ],
    },
    {
      id: 'accepted',
      kind: 'branch',
      branch: { when: 'accepted_within', days: 7, yes: 'thanks', no: 'take-back' },
    },
    {
      id: 'thanks',
      kind: 'message',
      delayMs: dayMs,
      text: 'Thank you for connecting, {first_name|there}. We show teams what their outreach really does. Worth a look?',
    },
    { id: 'breathe', kind: 'wait', delayMs: 4 * dayMs },
    {
      id: 'more',
      kind: 'message',
      text: 'One more thought, {first_name|there}: teams like {company_name|yours} usually begin with a single campaign.',
      next: 'end',
    },
    { id: 'take-back', kind: 'withdraw' },
    { id: 'manager', kind: 'branch', branch: { ...isManager, yes: 'inmail', no: 'end' } },
    {
      id: 'inmail',
      kind: 'inmail',
      delayMs: dayMs,
      subject: 'A question about {company_name|your team}',
      text: 'Hi {first_name|there}, my invitation came out of the blue. How do you see today whether outreach works for you?',
    },
  ],
};

/** Somebody reads the second message before it goes; what the third says depends on the lead's position. */
export const messengerSequence = {
  steps: [
    {
      id: 'hello',
      kind: 'message',
      variants: [
        {
          id: 'plain',
          text: 'Hi {first_name|there}, it has been a while. {if company_name}How are things at {company_name}?{else}How are things?{end}',
        },
        {
          id: 'curious',
          text: 'Hi {first_name|there}, a question I ask everybody this month: {if company_name}what does {company_name} do{else}what do you do{end} when nobody answers?',
        },
      ],
    },
    {
      id: 'offer',
      kind: 'message',
      delayMs: 3 * dayMs,
      review: true,
      text: 'In case my note drowned, {first_name|there}: five minutes are enough to see whether this fits {company_name|your team}.',
    },
    { id: 'manager', kind: 'branch', branch: { ...isManager, yes: 'figures', no: 'goodbye' } },
    {
      id: 'figures',
      kind: 'message',
      delayMs: 4 * dayMs,
      text: 'Three figures that managers ask me for, {first_name|there}: sent, answered, and why the rest waits. Shall I show you yours?',
      next: 'end',
    },
    {
      id: 'goodbye',
      kind: 'message',
      delayMs: 4 * dayMs,
      text: 'I will leave it here, {first_name|there}. The offer stands whenever it suits you.',
    },
  ],
};
