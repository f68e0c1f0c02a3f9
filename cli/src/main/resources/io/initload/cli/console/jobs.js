// Jobs, the newest first.
import { Grid, h, moment, number, view, word } from './dom.js';
import { ask } from './live.js';

const BEGINNING = '';
const style = (j) => (j.state === 'COMPLETE' ? 'good' : ['FAILED', 'ABORTED'].includes(j.state) ? 'bad' : j.state === 'DOUBT' ? 'held' : '');

export const jobGrid = (caption) => new Grid(caption, [
  { title: 'Job', of: (j) => j.sfId ?? `#${j.id}` },
  { title: 'State', of: (j) => word(j.state), style },
  { title: 'Table', of: (j) => j.table, link: (j) => (j.table ? view('table', { name: j.table }) : '') },
  { title: 'Part', of: (j) => j.part ?? 'probe' },
  { title: 'Records', of: (j) => number(j.records), number: true },
  { title: 'Processed', of: (j) => number(j.processed), number: true },
  { title: 'Refused', of: (j) => number(j.failed), number: true, style: (j) => (j.failed > 0 ? 'bad' : '') },
  { title: 'Begun', of: (j) => moment(j.intentAt) },
  { title: 'Submitted', of: (j) => moment(j.submittedAt) },
  { title: 'Ended', of: (j) => moment(j.endedAt) },
  { title: 'What the org said', of: (j) => j.error, words: true },
], (j) => j.id);

export async function jobs(parameters) {
  const table = parameters.get('table') ?? '';
  const before = parameters.get('before') ?? BEGINNING;
  const grid = jobGrid(table ? `Jobs of ${table}` : 'Jobs');
  const older = h('a', {}, 'Older jobs');
  const load = async () => {
    const page = await ask('/jobs', { table, before });
    grid.show(page);
    older.hidden = page.length < 100;
    if (page.length > 0) older.href = view('jobs', { table, before: page.at(-1).id });
    empty.hidden = page.length > 0;
  };
  const empty = h('p', { class: 'soft' }, 'No job was begun.');
  await load();
  let known = '';
  return {
    elements: [h('h1', {}, table ? `Jobs of ${table}` : 'Jobs'),
      table ? h('p', {}, h('a', { href: view('jobs') }, 'Jobs of all tables')) : [], empty, grid.element,
      h('div', { class: 'buttons' }, before ? h('a', { href: view('jobs', { table }) }, 'Newest jobs') : [], older)].flat(),
    update: ({ status }) => {
      const moved = JSON.stringify([status.activity.jobsUploading, status.activity.jobsRunning, status.activity.jobsInDoubt,
        status.batches, status.throughput.spells.at(-1)]);
      if (known !== '' && moved !== known) load().catch(() => {});
      known = moved;
    },
  };
}
