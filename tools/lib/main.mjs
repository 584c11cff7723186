import { repositoryRoot } from './root.mjs';

/** Runs a tool in the checkout it belongs to; an error ends it with its text alone, which says what to do. */
export async function main(work) {
  try {
    process.chdir(repositoryRoot(import.meta.dirname));
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(`\n${process.env.DEBUG ? error.stack : error.message}`);
    process.exitCode = 1;
  }
}
