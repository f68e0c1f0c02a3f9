// The certificate that was kept, and whether it is as it was written.
import { Grid, h, moment, number } from './dom.js';
import { ask } from './live.js';

const HOW = 'initload report -c migration.yaml -o report.html --certificate certificate.json';

function missing(report) {
  return [h('h1', {}, 'Certificate'),
    h('p', {}, 'No certificate was given to the console. It is made from source, org and ledger, which takes a while:'),
    h('p', {}, h('code', {}, HOW)),
    h('p', {}, 'Start the console with --certificate certificate.json and --report report.html then; the files may be written later.'),
    report ? link() : []].flat();
}

const link = () => h('p', {}, h('a', { href: '/report', target: '_blank', rel: 'noopener' }, 'The report as a page (opens in a new tab)'));

const COLUMNS = [
  { title: 'Table', of: (t) => t.source },
  { title: 'Object', of: (t) => t.object },
  { title: 'Books', of: (t) => (t.closed ? 'close' : 'open'), style: (t) => (t.closed ? 'good' : 'bad') },
  ...[['At snapshot', 'snapshotRows'], ['Read', 'readRows'], ['Quarantined', 'quarantined'], ['Staged', 'stagedRows'],
    ['Created', 'created'], ['Updated', 'updated'], ['Refused', 'deadLettered']]
    .map(([title, name]) => ({ title, of: (t) => number(t[name]), number: true })),
  { title: 'In org', of: (t) => (t.targetRows === null ? 'unknown' : number(t.targetRows)), number: true },
];

const list = (title, sentences) => (sentences.length === 0 ? []
  : [h('h2', {}, title), h('ul', {}, sentences.map((one) => h('li', {}, one)))]);

export async function certificate() {
  const kept = await ask('/certificate');
  if (!kept.kept) return { elements: missing(kept.report) };
  const shown = kept.certificate;
  const verdict = shown.booksClosed ? 'The books close: every row of the snapshot is accounted for.' : 'The books do not balance.';
  return {
    elements: [h('h1', {}, 'Certificate'),
      h('p', { class: shown.booksClosed ? 'good' : 'bad' }, verdict),
      kept.ours ? [] : h('p', { class: 'bad' }, `This is a certificate of another migration: ${shown.migration}.`),
      h('p', { class: kept.intact ? 'good' : 'bad' }, kept.intact
        ? 'It is as it was written, by its own digest.' : 'It was changed after it was written: its digest is another one.'),
      h('p', { class: 'soft' }, 'It says how things stood when it was made. initload report --verify says what changed since.'),
      h('dl', {}, Object.entries({ Made: moment(shown.madeAt), Level: shown.level.toLowerCase(), Org: `${shown.instance} (${shown.orgId})`, Digest: shown.digest })
        .map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]).flat()),
      kept.report ? link() : [],
      new Grid('Tables of the certificate', COLUMNS, (t) => `${t.pass} ${t.source}`).show(shown.tables).element,
      list('What speaks against it', shown.findings), list('Notes', shown.notes)].flat(),
  };
}
