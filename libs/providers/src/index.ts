export * as companion from './companion/policy.js';
export { EdgesProvider, type EdgesOptions } from './edges/edges-provider.js';
export { readEdgesWebhook, type EdgesWebhook } from './edges/webhook.js';
export {
  LinkedInProvider,
  type AccountRequest,
  type AccountState,
  type Allowances,
  type CommentRequest,
  type ConnectRequest,
  type Connection,
  type Conversation,
  type FoundPage,
  type InMailRequest,
  type LoginLink,
  type Me,
  type MessageRequest,
  type Person,
  type PersonRequest,
  type Profile,
  type SearchRequest,
  type SentInvitation,
  type ThreadMessage,
  type ThreadRequest,
  type WithdrawRequest,
  type WrittenComment,
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
export { namesInUrl, personNames, type PersonName } from './person-names.js';
export { parsePostUrl, type PostUrl } from './post-url.js';
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
export { parsePeopleSearchUrl, type PeopleSearchUrl, type SearchPlace } from './search-url.js';
