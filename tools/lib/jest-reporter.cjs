// One line for each test file, all of a failure, and the counts in the file that OVERTURE_REPORT names.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

module.exports = class {
  onTestResult(test, result) {
    const { numPassingTests, numFailingTests, testExecError, failureMessage, perfStats } = result;
    const seconds = ((perfStats.end - perfStats.start) / 1000).toFixed(1);
    const file = path.relative(test.context.config.rootDir, result.testFilePath);
    const failed = numFailingTests > 0 || testExecError;
    const counts = `${numPassingTests} passed${numFailingTests ? `, ${numFailingTests} failed` : ''}`;
    console.log(`    ${failed ? 'FAILED' : 'ok    '} ${file} (${counts}, ${seconds} s)`);
    if (failed) console.log(failureMessage);
  }

  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      // A file that could not run at all is one failure.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    if (process.env.OVERTURE_REPORT) {
      writeFileSync(process.env.OVERTURE_REPORT, `${JSON.stringify(counts)}\n`);
    }
  }
};
