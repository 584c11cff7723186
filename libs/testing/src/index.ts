export { afterTests } from './after-tests.js';
export type { SchemaToMigrate } from './database-template.js';
export {
  emptyDatabase,
  freshDatabase,
  type ServiceAddresses,
  type TestDatabase,
} from './fresh-database.js';
export { databaseUrl, testPassword, testPostgres } from './test-postgres.js';
export { testNats, type TestNats } from './test-nats.js';
export { waitFor } from './wait-for.js';
export { withClient } from './with-client.js';
