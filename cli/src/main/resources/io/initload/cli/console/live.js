// How this page hears of what happens: events of the server, and answers to what it asks.

/** What the server answered, when it was not what was asked for. */
export class Refused extends Error {
  constructor(status, message, remedy = '') {
    super(message);
    this.status = status;
    this.remedy = remedy;
  }
}

async function answer(path) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin' });
  } catch {
    throw new Refused(0, 'The console does not answer.', 'It may have been ended; start it again.');
  }
  if (response.ok) return response;
  const text = await response.text();
  if (response.headers.get('Content-Type')?.startsWith('application/json')) {
    const trouble = JSON.parse(text);
    throw new Refused(response.status, `${trouble.code}: ${trouble.message}`, trouble.remedy);
  }
  throw new Refused(response.status, text);
}

export const ask = async (path, parameters = {}) => (await answer(`${path}?${new URLSearchParams(parameters)}`)).json();
export const askText = async (path) => (await answer(path)).text();

/** Whether the token is right; then this browser is let in from now on. */
export async function letIn(token) {
  return (await fetch('/session', { method: 'POST', body: token, credentials: 'same-origin' })).ok;
}

/** Listens until the page is left. */
export function listen({ facts, trouble, connection, closed }) {
  const events = new EventSource('/events');
  events.addEventListener('open', () => connection('Live'));
  events.addEventListener('facts', (event) => facts(JSON.parse(event.data)));
  events.addEventListener('trouble', (event) => trouble(JSON.parse(event.data)));
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) closed();
    else connection('Not connected, trying again');
  });
}
