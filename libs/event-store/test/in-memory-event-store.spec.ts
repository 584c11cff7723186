import { InMemoryEventStore } from '../src/index.js';
import { tickingClock } from './fixtures.js';
import { eventStoreContract } from './store-contract.js';

eventStoreContract(
  'The store in memory',
  (upcasters) => new InMemoryEventStore(tickingClock(), upcasters),
);
