/** What the product does on LinkedIn by itself; every profile has figures for each of them (F022). */
export const actionKinds = [
  'visit',
  'connect',
  'message',
  'inmail',
  'comment',
  'withdraw',
] as const;

export type ActionKind = (typeof actionKinds)[number];

/** What LinkedIn sells to the identity; `classic` is the free account. */
export const tiers = ['classic', 'premium', 'sales_navigator'] as const;

export type Tier = (typeof tiers)[number];
