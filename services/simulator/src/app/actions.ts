import type { Answer, Json } from './answer.js';
import { additionalProperty, refusal } from './answer.js';
import type { Call } from './call.js';
import { comment, extractComments } from './comment.js';
import { connect } from './connect.js';
import { inmail } from './inmail.js';
import {
  extractConnections,
  extractConversations,
  extractMessages,
  extractSentInvitations,
} from './listings.js';
import { me } from './me.js';
import { message } from './message.js';
import { extractProfile } from './profile.js';
import { searchLinkedIn, searchSalesNavigator } from './search.js';
import { visit } from './visit.js';
import { withdraw } from './withdraw.js';

export interface Action {
  readonly input: readonly string[];
  readonly parameters: readonly string[];
  /** Changes LinkedIn, or is counted there; all else only looks. */
  readonly writes: boolean;
  readonly perform: (call: Call) => Promise<Answer>;
}

const profile = ['linkedin_profile_url'];
const opaqueProfile = [...profile, 'sales_navigator_profile_id'];
const post = ['linkedin_post_url', 'linkedin_comment_url'];
const invitation = ['linkedin_invitation_urn', 'linkedin_invitation_type'];
const sync = ['sync_mode', 'max_results'];

const actions: Readonly<Record<string, Action>> = {
  'linkedin-visit-profile': { input: profile, parameters: [], writes: true, perform: visit },
  'linkedin-connect-profile': {
    input: opaqueProfile,
    parameters: ['message'],
    writes: true,
    perform: connect,
  },
  'linkedin-message-profile': {
    input: profile,
    parameters: ['message', 'files'],
    writes: true,
    perform: message,
  },
  'linkedin-inmail-profile': {
    input: profile,
    parameters: ['subject', 'message', 'files'],
    writes: true,
    perform: inmail,
  },
  'linkedin-comment-post': { input: post, parameters: ['comment'], writes: true, perform: comment },
  'linkedin-withdraw-invitation': {
    input: invitation,
    parameters: [],
    writes: true,
    perform: withdraw,
  },
  'linkedin-extract-sent-invitations': {
    input: [],
    parameters: sync,
    writes: false,
    perform: extractSentInvitations,
  },
  'linkedin-extract-connections': {
    input: [],
    parameters: sync,
    writes: false,
    perform: extractConnections,
  },
  'linkedin-extract-conversations': {
    input: [],
    parameters: [...sync, 'read'],
    writes: false,
    perform: extractConversations,
  },
  'linkedin-extract-messages': {
    input: ['linkedin_thread_url'],
    parameters: sync,
    writes: false,
    perform: extractMessages,
  },
  'linkedin-extract-people-comment-activity': {
    input: profile,
    parameters: sync,
    writes: false,
    perform: extractComments,
  },
  'linkedin-search-people': {
    input: ['linkedin_people_search_url'],
    parameters: ['only_extract_unique_profile', 'max_results'],
    writes: true,
    perform: searchLinkedIn,
  },
  'salesnavigator-search-people': {
    input: ['sales_navigator_profile_search_url'],
    parameters: ['exclude_crm_contacts', 'exclude_viewed_leads', 'max_results'],
    writes: true,
    perform: searchSalesNavigator,
  },
  'linkedin-extract-people': {
    input: profile,
    parameters: ['sections', 'experiences', 'skills', 'highlights'],
    writes: true,
    perform: extractProfile,
  },
  'linkedin-me': { input: [], parameters: [], writes: false, perform: me },
};

export function actionNamed(name: string): Action | undefined {
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

/** Edges refuses every key it does not know. */
export function checkKeys(action: Action, input: Json, parameters: Json): Answer | undefined {
  const unknown =
    hasOther(input, [...action.input, 'custom_data']) || hasOther(parameters, action.parameters);
  return unknown ? additionalProperty() : undefined;
}

export function hasOther(body: Json, known: readonly string[]): boolean {
  return Object.keys(body).some((key) => !known.includes(key));
}

/** Performs an action for an identity that is logged in. */
export function perform(action: Action, call: Call): Promise<Answer> {
  const { status, restricted } = call.identity;
  if (restricted) return Promise.resolve(refusal(424, 'INTEGRATION_ERROR'));
  if (status === 'PENDING') return Promise.resolve(refusal(424, 'NO_VALID_ACCOUNT_CONFIGURED'));
  if (status === 'INVALID') return Promise.resolve(refusal(424, 'AUTH_EXPIRED'));
  return action.perform(call);
}
