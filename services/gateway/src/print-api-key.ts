import { newApiKey } from './app/api-key-format.js';

// For BOOTSTRAP_API_KEY: `npm run --silent api-key -w @overture/gateway -- live`.
process.stdout.write(`${newApiKey(process.argv[2] ?? 'local').text}\n`);
