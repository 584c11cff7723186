export { EdgesProvider, type EdgesOptions } from './edges/edges-provider.js';
export { readEdgesWebhook, type EdgesWebhook } from './edges/webhook.js';
export {
  LinkedInProvider,
  type AccountRequest,
  type AccountState,
  type ConnectRequest,
  type Connection,
  type Conversation,
  type LoginLink,
  type Me,
  type MessageRequest,
  type Person,
  type PersonRequest,
  type SentInvitation,
  type ThreadMessage,
  type ThreadRequest,
  type WithdrawRequest,
} from './linkedin-provider.js';
export {
  ProviderRejection,
  type Accepted,
  type NotSent,
  type PersonIds,
  type ProviderAnswer,
  type Rejected,
  type RejectionLabel,
  type Unknown,
  type WriteOutcome,
} from './outcome.js';
export {
  parseProfileUrl,
  personKey,
  profileUrlOf,
  type HandleUrl,
  type MemberUrl,
  type ProfileUrl,
  type ProfileUrlReason,
  type PublicUrl,
  type RefusedUrl,
} from './profile-url.js';
