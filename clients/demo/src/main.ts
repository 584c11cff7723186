import { readEnvironment } from './environment.js';
import { runDemo } from './run-demo.js';

try {
  await runDemo(readEnvironment(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
