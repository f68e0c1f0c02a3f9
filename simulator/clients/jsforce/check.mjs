// jsforce, as its users use it: token and instance URL, bulk2 upsert, results, bulk query. Ends non-zero on any difference.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import jsforce from 'jsforce';

const ROWS = 50_000;
const org = JSON.parse(readFileSync(0, 'utf8'));

const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: org.clientId,
  client_secret: org.clientSecret,
});
const login = await (await fetch(`${org.loginUrl}/services/oauth2/token`, { method: 'POST', body: form })).json();
const conn = new jsforce.Connection({
  instanceUrl: login.instance_url,
  accessToken: login.access_token,
  version: '60.0',
});

const identity = await conn.identity();
assert.equal(identity.username, org.username);
const describe = await conn.sobject('Account').describe();
assert.ok(describe.fields.some((field) => field.name === 'External_ID__c' && field.externalId));

const rows = Array.from({ length: ROWS }, (_, i) => ({
  External_ID__c: `js-${i}`,
  Name: `Name "${i}", of ${i % 7}\nsecond line`,
  NumberOfEmployees: i % 1000,
  AnnualRevenue: i * 1_000_003,
  // Every thousandth row has no name and must come back as failed.
  ...(i % 1000 === 999 ? { Name: '' } : {}),
}));
const bad = ROWS / 1000;

conn.bulk2.pollInterval = 200;
conn.bulk2.pollTimeout = 300_000;
async function upsert() {
  return conn.bulk2.loadAndWaitForResults({
    object: 'Account',
    operation: 'upsert',
    externalIdFieldName: 'External_ID__c',
    input: rows,
  });
}

const first = await upsert();
assert.equal(first.successfulResults.length, ROWS - bad);
assert.equal(first.failedResults.length, bad);
assert.equal(first.unprocessedRecords.length, 0);
assert.ok(first.successfulResults.every((row) => row.sf__Created === 'true' && row.sf__Id.startsWith('001')));
assert.ok(first.failedResults.every((row) => row.sf__Error.startsWith('REQUIRED_FIELD_MISSING:')));
const ids = new Map(first.successfulResults.map((row) => [row.External_ID__c, row.sf__Id]));
assert.equal(ids.size, ROWS - bad);

const second = await upsert();
assert.equal(second.successfulResults.length, ROWS - bad);
for (const row of second.successfulResults) {
  assert.equal(row.sf__Created, 'false');
  assert.equal(row.sf__Id, ids.get(row.External_ID__c));
}

const stream = await conn.bulk2.query(
  "SELECT Id, External_ID__c, Name, NumberOfEmployees, AnnualRevenue FROM Account WHERE External_ID__c LIKE 'js-%'",
  { pollInterval: 200, pollTimeout: 300_000 },
);
const queried = await stream.toArray();
assert.equal(queried.length, ROWS - bad);
const sent = new Map(rows.map((row) => [row.External_ID__c, row]));
for (const row of queried) {
  const expected = sent.get(row.External_ID__c);
  assert.equal(row.Id, ids.get(row.External_ID__c));
  assert.equal(row.Name, expected.Name);
  assert.equal(Number(row.NumberOfEmployees), expected.NumberOfEmployees);
  assert.equal(Number(row.AnnualRevenue), expected.AnnualRevenue);
}

const count = await conn.query("SELECT COUNT() FROM Account WHERE External_ID__c LIKE 'js-%'");
assert.equal(count.totalSize, ROWS - bad);
let paged = 0;
let page = await conn.query("SELECT External_ID__c FROM Account WHERE External_ID__c LIKE 'js-1%' ORDER BY External_ID__c");
const total = page.totalSize;
for (;;) {
  paged += page.records.length;
  if (page.done) break;
  page = await conn.queryMore(page.nextRecordsUrl);
}
assert.equal(paged, total);
assert.equal(total, [...ids.keys()].filter((key) => key.startsWith('js-1')).length);

await assert.rejects(conn.query('SELECT Nope FROM Account'), { errorCode: 'INVALID_FIELD' });

console.log(`jsforce: ${ROWS} rows upserted twice, ${queried.length} queried in bulk, ${paged} paged`);
