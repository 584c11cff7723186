import { PostgresEventStore } from '../src/index.js';
import { storeFixture, tickingClock, type StoreFixture } from './fixtures.js';
import { eventStoreContract } from './store-contract.js';

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await storeFixture();
});

eventStoreContract('The store in PostgreSQL', (upcasters) => {
  const options = upcasters === undefined ? {} : { upcasters };
  return new PostgresEventStore(fixture.open({ clock: tickingClock(), ...options }));
});
