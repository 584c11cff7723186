/** From the first number to the second, both included. */
export type Range = readonly [number, number];

/** How the people of a world behave on average. Shares are between 0 and 1. */
export interface Knobs {
  readonly acceptShare: number;
  readonly acceptAfterHours: Range;
  /** Of all people: answer to the note of an invitation, once they accepted it. */
  readonly noteReplyShare: number;
  /** Of all people: answer to one of the messages. */
  readonly replyShare: number;
  readonly replyAfterHours: Range;
  /** A person who answers does so to the n-th message. */
  readonly replyToMessage: Range;
  /** Write first, once connected. */
  readonly writesFirstShare: number;
  readonly writesFirstAfterHours: Range;
  readonly connectedShare: number;
  readonly goneShare: number;
  readonly messagingDisabledShare: number;
  readonly renamedShare: number;
  readonly renamesAfterDays: Range;
  /** Of all people: work somewhere else after a while. */
  readonly movedShare: number;
  readonly movesAfterDays: Range;
  readonly timeZones: readonly string[];
  readonly wakingHours: Range;
  /** Of all webhooks: delivered twice, whatever the answer. */
  readonly webhookTwiceShare: number;
  readonly webhookAfterSeconds: Range;
  /** Limits of a new identity grow over five days. */
  readonly rampUp: boolean;
  /** Of all people: accept so late that most have stopped waiting. */
  readonly lateAcceptShare: number;
  readonly lateAcceptAfterDays: Range;
  /** Of all people: too far away to be reached, but for Sales Navigator. */
  readonly outOfNetworkShare: number;
  /** People work for this many companies. */
  readonly companies: number;
  /** A free account has only a few personalised notes a month. */
  readonly noteQuota: boolean;
  /** Whoever sends more invitations in seven days is warned, then restricted; 0: nobody is. */
  readonly invitesPerWeek: number;
  /** How many people a search finds. */
  readonly searchHits: Range;
  /** Of those: too far away for LinkedIn to name them. */
  readonly searchHiddenShare: number;
}

export const defaultKnobs: Knobs = {
  acceptShare: 0.45,
  acceptAfterHours: [2, 120],
  noteReplyShare: 0.05,
  replyShare: 0.35,
  replyAfterHours: [1, 96],
  replyToMessage: [1, 3],
  writesFirstShare: 0.03,
  writesFirstAfterHours: [4, 72],
  connectedShare: 0.04,
  goneShare: 0.02,
  messagingDisabledShare: 0.02,
  renamedShare: 0.03,
  renamesAfterDays: [3, 20],
  movedShare: 0.03,
  movesAfterDays: [5, 60],
  timeZones: ['Europe/Berlin', 'Europe/London', 'Europe/Lisbon', 'America/New_York'],
  wakingHours: [8, 22],
  webhookTwiceShare: 0.25,
  webhookAfterSeconds: [0, 120],
  rampUp: false,
  lateAcceptShare: 0,
  lateAcceptAfterDays: [22, 45],
  outOfNetworkShare: 0,
  companies: 200,
  noteQuota: false,
  invitesPerWeek: 100,
  searchHits: [30, 400],
  searchHiddenShare: 0.02,
};
