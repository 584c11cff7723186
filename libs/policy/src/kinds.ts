/** What the product does on LinkedIn by itself. */
export type ActionKind = 'visit' | 'connect' | 'message' | 'withdraw';

/** What a limit profile may bound; InMail and comments have caps before they have steps (F022). */
export type LimitedKind = ActionKind | 'inmail' | 'comment';

/** What LinkedIn sells to the identity; `classic` is the free account. */
export type Tier = 'classic' | 'premium' | 'sales_navigator';
