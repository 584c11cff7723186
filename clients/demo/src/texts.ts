const dayMs = 86_400_000;

/** Monday to Friday, office hours, where the lead is; Lisbon where we do not know. */
export const schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
  fallbackZone: 'Europe/Lisbon',
};

export const connectorSequence = {
  acceptWithinDays: 14,
  steps: [
    { kind: 'visit', delayMs: 0 },
    {
      kind: 'connect',
      delayMs: dayMs,
      text: 'Hi {first_name|there}, your work at {company_name|your company} caught my eye. Happy to connect.',
    },
    {
      kind: 'message',
      delayMs: dayMs,
      text: 'Thank you for connecting, {first_name|there}. We help teams see what their outreach really does. Worth a look?',
    },
    {
      kind: 'message',
      delayMs: 4 * dayMs,
      text: 'One more thought, {first_name|there}: teams like {company_name|yours} usually begin with a single campaign.',
    },
  ],
};

export const messengerSequence = {
  steps: [
    {
      kind: 'message',
      delayMs: 0,
      text: 'Hi {first_name|there}, it has been a while. We just released something for {company_name|your team}; may I show you?',
    },
    {
      kind: 'message',
      delayMs: 3 * dayMs,
      text: 'In case my note drowned, {first_name|there}: five minutes are enough to see whether it fits.',
    },
    {
      kind: 'message',
      delayMs: 5 * dayMs,
      text: 'I will leave it here, {first_name|there}. The offer stands whenever it suits you.',
    },
  ],
};
