export { startServices, type RunningServices } from './all-in-one.js';
export { installationApiKey } from './api-key.js';
export { ClockKeeper } from './clock-keeper.js';
export { environmentOf } from './environment.js';
export { serviceNames, type Installation, type ServiceName } from './installation.js';
export { databaseUrl, provision } from './provision.js';
