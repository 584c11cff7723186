/** In whose names the demo writes. */
export const people = {
  maya: {
    uid: '6f0c0000-0000-4000-8000-00000000000a',
    name: 'Maya Lindqvist',
    timeZone: 'Europe/Lisbon',
    tier: 'classic',
  },
  tomas: {
    uid: '6f0c0000-0000-4000-8000-00000000000b',
    name: 'Tomas Brandel',
    timeZone: 'Europe/Berlin',
    // InMails need credits, and those come with Sales Navigator.
    tier: 'sales_navigator',
  },
};

/** What the pretend LinkedIn calls it. */
export const soldAs: Readonly<Record<string, string>> = {
  classic: 'classic',
  sales_navigator: 'navigator',
};
