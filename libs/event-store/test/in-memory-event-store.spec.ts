import { InMemoryEventStore } from '../src/index.js';
import { fixedClock } from './fixtures.js';
import { eventStoreContract } from './store-contract.js';

eventStoreContract(
  'The store in memory',
  (upcasters) => new InMemoryEventStore(fixedClock, upcasters),
);
