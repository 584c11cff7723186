export { emptyDatabase, type ServiceAddresses, type TestDatabase } from './fresh-database.js';
export { isReachable } from './reachable.js';
export { databaseUrl, testPassword, testPostgres } from './test-postgres.js';
export { testNats, type TestNats } from './test-nats.js';
export { waitFor } from './wait-for.js';
