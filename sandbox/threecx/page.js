// The page to ring from: plain JavaScript, as the browser runs it.
const byId = (id) => document.getElementById(id);
const LOG_LINES = 12;

async function ask(path, body) {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

async function showState() {
  const { template, extensions } = await ask('/control/state');
  byId('state').textContent = template
    ? `Template ${template.name} ${template.version} is installed: the hub is asked while it rings and told afterwards.`
    : 'No CRM template is installed: the hub is not asked and not told.';
  for (const [id, chosen] of [
    ['agent', 0],
    ['colleague', 1],
  ]) {
    const options = extensions.map(({ number, firstName, lastName }) => {
      return new Option(`${number} ${firstName} ${lastName}`, number);
    });
    byId(id).replaceChildren(...options);
    byId(id).selectedIndex = chosen;
  }
}

function callCard({ direction, number, legs }) {
  const card = element('div', '', 'call');
  const list = element('ul', '');
  for (const { dn, status, label } of legs)
    list.append(element('li', `${label || dn} ${status.toLowerCase()}`, status));
  card.append(element('strong', `${direction} ${number || 'number withheld'}`), list);
  return card;
}

function logLine({ at, kind, result }) {
  const time = new Date(at).toLocaleTimeString();
  if (kind === 'scenario')
    return [time, ...(result.played ?? []).map(playedLine), result.failed].filter(Boolean).join(' · ');
  if (kind === 'call')
    return `${time} · ${result.number} ${result.answered ? 'answered' : 'missed'} · ${told(result.posts)}`;
  return `${time} · ${kind}`;
}

function playedLine({ direction, number, answered, ring, posts }) {
  const contact = ring?.shown;
  const who = contact && [contact.FirstName, contact.LastName].filter(Boolean).join(' ');
  const outcome = answered ? 'answered' : 'not answered';
  return `${direction} ${number || 'withheld'}${who ? ` (${who})` : ''} ${outcome}, ${told(posts)}`;
}

function told(posts) {
  const answers = posts.map(({ agent, status, detail }) => `${agent}: ${status ?? detail}`);
  return answers.length === 0 ? 'not reported' : `reported ${answers.join(', ')}`;
}

async function showCalls() {
  const [{ calls }, { entries }] = await Promise.all([ask('/control/live'), ask('/control/log')]);
  const shown = JSON.stringify([calls, entries.length, entries.at(-1)?.at]);
  // What did not change is left alone: a screen reader would read it out again.
  if (byId('live').dataset.shown === shown) return;
  byId('live').dataset.shown = shown;
  const cards = calls.map(callCard);
  byId('live').replaceChildren(...(cards.length === 0 ? [element('p', 'It is quiet.', 'muted')] : cards));
  const lines = entries.slice(-LOG_LINES).reverse();
  byId('log').replaceChildren(...lines.map((entry) => element('li', logLine(entry))));
}

/** Shows what a person did, or why it did not work. */
async function doing(work) {
  try {
    byId('result').textContent = await work();
    await showCalls();
  } catch (error) {
    byId('result').textContent = error.message;
  }
}

byId('ring').addEventListener('submit', (event) => {
  event.preventDefault();
  void doing(async () => {
    const scenario = byId('scenario').value;
    const [agent, transferTo, number] = ['agent', 'colleague', 'number'].map((id) => byId(id).value);
    const [ringSeconds, talkSeconds, times] = ['ringSeconds', 'talkSeconds', 'times'].map((id) =>
      Number(byId(id).value),
    );
    const text = byId('text').checked;
    // Where the scenario knows whom, the number on the page is not meant.
    const party = ['internal', 'shared', 'withheld'].includes(scenario) ? {} : { number };
    await ask('/control/scenarios', { scenario, agent, transferTo, ringSeconds, talkSeconds, times, text, ...party });
    return 'It rings.';
  });
});
byId('hang-up').addEventListener('click', () => {
  void doing(async () => {
    await ask('/control/hang-up', {});
    return 'Everybody has hung up.';
  });
});

async function follow() {
  try {
    await showCalls();
  } catch {
    delete byId('live').dataset.shown;
    byId('live').replaceChildren(element('p', 'The stand-in does not answer.', 'muted'));
  }
  setTimeout(() => void follow(), 500);
}

await showState();
await follow();
