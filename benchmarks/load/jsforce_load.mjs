// Upserts a CSV file with jsforce and reads what became of every row: URL, FILE; SF_TOKEN.
import { createReadStream } from 'node:fs';
import jsforce from 'jsforce';

const [url, file] = process.argv.slice(2);
const conn = new jsforce.Connection({ instanceUrl: url, accessToken: process.env.SF_TOKEN, version: '60.0' });
conn.bulk2.pollInterval = 1000;
conn.bulk2.pollTimeout = 3_600_000;
const results = await conn.bulk2.loadAndWaitForResults({
  object: 'Account',
  operation: 'upsert',
  externalIdFieldName: 'External_ID__c',
  input: createReadStream(file),
});
if (results.failedResults.length + results.unprocessedRecords.length > 0) process.exit(1);
console.log(results.successfulResults.length);
