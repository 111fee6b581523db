import { byId, element, setText } from './elements.js';

// JSON and DELETE make browsers ask first when another site's page tries the same, and the answer is no.
async function send(method, path, body) {
  const options = { method, cache: 'no-store' };
  if (body) {
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail ?? `${method} ${path}: ${response.status}`);
  }
  return answer;
}

function ask(question) {
  const dialog = byId('confirm');
  setText(byId('confirm-title'), question.title);
  setText(byId('confirm-text'), question.text);
  setText(byId('confirm-yes'), question.yes);
  byId('confirm-choices').replaceChildren(...(question.choices ?? []).map(choice));
  dialog.onclose = () => dialog.returnValue && perform(question, dialog.querySelector('input:checked')?.value);
  dialog.returnValue = '';
  dialog.showModal();
}

function choice(text, index) {
  const input = element('input', { type: 'radio', name: 'choice', value: index });
  input.checked = index === 0;
  return element('label', {}, input, ` ${text}`);
}

async function perform(question, chosen) {
  try {
    setText(byId('result'), await question.act(Number(chosen)));
  } catch (error) {
    setText(byId('result'), error.message);
  }
}

export function closeTunnel(tunnel) {
  ask({
    title: `Close tunnel ${tunnel.id}?`,
    text: `Both ends get a close frame: the client ${tunnel.client.address} and ${tunnel.upstream.address}.`,
    yes: 'Close the tunnel',
    act: async () => {
      await send('DELETE', `tunnels/${encodeURIComponent(tunnel.id)}`);
      return `Tunnel ${tunnel.id} is told to close.`;
    },
  });
}

export function drain(group) {
  const scopes = [{ route: group.route }, { upstream: group.upstream }];
  const names = [`route ${group.route}`, `upstream ${group.upstream}`];
  ask({
    title: 'Drain?',
    choices: names,
    text: 'New handshakes are refused, and open tunnels are closed one after the other, as switchgate.drain says.',
    yes: 'Start the drain',
    act: async (chosen) => {
      await send('POST', 'drain', scopes[chosen]);
      return `Drain of ${names[chosen]} has begun.`;
    },
  });
}

export function cancelDrain(line) {
  ask({
    title: `Cancel the drain of ${line.scope}?`,
    text: 'What it has not closed stays open, and new handshakes are taken again.',
    yes: 'Cancel the drain',
    act: async () => {
      const [name, value] = line.route ? ['route', line.route] : ['upstream', line.upstream];
      await send('DELETE', `drain?${new URLSearchParams({ [name]: value })}`);
      return `Drain of ${line.scope} is cancelled.`;
    },
  });
}
