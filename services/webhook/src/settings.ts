import { bool, str } from 'envalid';

export const webhookSettings = {
  SEAL_KEYS: str({
    desc: 'Key ring for secrets at rest: id:base64 with 32 bytes each, comma-separated; the first seals',
  }),
  ALLOW_PRIVATE_ENDPOINTS: bool({
    desc: 'Development only: partner endpoints on http, any port and private addresses',
    default: false,
  }),
};
