export { AppendListener, type Wake } from './append-listener.js';
export { type Upcaster, type Upcasters } from './codec.js';
export { Database, type DatabaseOptions, type Timeouts } from './database.js';
export { checkDurability } from './durability.js';
export { classified, ConflictError, UnfitDatabaseError } from './errors.js';
export { EventStore } from './event-store.js';
export { eventsUntil } from './events-until.js';
export type {
  AppendRequest,
  AppendResult,
  BucketName,
  DomainEvent,
  EventMeta,
  NewEvent,
  RecordedEvent,
  StreamEvent,
  StreamName,
  StreamRead,
} from './events.js';
export { InMemoryEventStore } from './in-memory-event-store.js';
export { KeyRing } from './key-ring.js';
export { checkSchema, migrate, type MigrateOptions } from './migrate.js';
export { migrationSets, type MigrationSet } from './migration-files.js';
export { PersonKeys, type NewlySealed, type PersonToSeal } from './person-keys.js';
export { PostgresEventStore } from './postgres-event-store.js';
export { createDatabase, letConnect, provisionSchema, type SchemaPasswords } from './provision.js';
export { dumpSchema, unguardedTables } from './schema-dump.js';
export { erasedMarker, type Person, type PersonFields, type Sealed } from './seal.js';
export { retryConflicts, transact, type Subject } from './transact.js';
export { Transaction } from './transaction.js';
