import { num, str } from 'envalid';

export const gatewaySettings = {
  GATEWAY_PORT: num({ desc: 'Port of the public API; 0: any free one', default: 4000 }),
  SEAL_KEYS: str({ desc: 'Keys that seal stored answers: id:base64,… ; the first one seals' }),
  CRON_SECRET: str({
    desc: 'What the header x-cron-secret of the tick endpoint must say; empty closes it',
    default: '',
  }),
  KEY_ENVIRONMENT: str({ desc: 'Second part of every API key made here', default: 'local' }),
  BOOTSTRAP_API_KEY: str({
    desc: 'A key that is made known at start, with its workspace; empty: none',
    default: '',
  }),
  BOOTSTRAP_WORKSPACE_ID: str({
    desc: 'Workspace of the bootstrap key',
    default: '00000000-0000-4000-8000-000000000001',
  }),
  BOOTSTRAP_WORKSPACE_NAME: str({ desc: 'Its name', default: 'Overture' }),
  RATE_LIMIT_PER_MINUTE: num({ desc: 'Requests of one workspace; 0: no limit', default: 6_000 }),
  IMPORT_BYTES_MAX: num({ desc: 'Largest file of leads', default: 512 * 1024 * 1024 }),
  IMPORT_ROWS_MAX: num({ desc: 'Most rows of one file', default: 1_000_000 }),
};
