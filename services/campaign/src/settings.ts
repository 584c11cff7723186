import { num, str } from 'envalid';

export const campaignSettings = {
  FINGERPRINT_KEY: str({
    desc: 'Key of the fingerprints people are compared by; the same in every service',
  }),
  SEAL_KEYS: str({
    desc: 'id:base64,… keys that wrap the key of each person; the first one wraps new keys',
  }),
  CAMPAIGN_SYNC_AGE_MS: num({
    desc: 'How old the look into a conversation may be when a send is authorised',
    default: 120_000,
  }),
};
