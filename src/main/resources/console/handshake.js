import { byId, element, getJson, setText, time } from './elements.js';

const HEADS = [
  ['Client to gateway', 'clientRequest', null],
  ['Gateway to upstream', 'upstreamRequest', 'request'],
  ['Upstream to gateway', 'upstreamAnswer', null],
  ['Gateway to client', 'clientAnswer', 'answer'],
];

export async function openHandshake(id) {
  setText(byId('handshake-title'), `Handshake ${id}`);
  const content = byId('handshake-content');
  content.replaceChildren(element('p', { role: 'status' }, 'loading'));
  byId('handshake').showModal();
  try {
    const handshake = await getJson(`handshakes/${encodeURIComponent(id)}`);
    content.replaceChildren(...verdict(handshake.verdict), facts(handshake), element('h3', {}, 'Headers'), headers(handshake));
  } catch (error) {
    content.replaceChildren(element('p', { role: 'alert', class: 'failed' }, error.message));
  }
}

function verdict(found) {
  return [
    element('p', { class: 'finding' }, element('b', {}, found.title), ` (${found.finding})`),
    element('ul', {}, ...found.evidence.map((sentence) => element('li', {}, sentence))),
    element('p', {}, found.explanation),
    element('p', { class: 'remedy' }, found.remedy),
  ];
}

function facts(handshake) {
  const { result, times, ending } = handshake;
  const known = {
    Time: time(handshake.time),
    Route: result.route ?? '(none)',
    Outcome: `${result.outcome}, ${result.status}`,
    Cause: result.cause && `${result.cause}: ${result.detail ?? ''}`,
    Client: end(handshake.client),
    Upstream: handshake.upstream && end(handshake.upstream),
    Took: steps(times),
    Ended: ending && `${ending.cause}, code ${ending.code}, after ${(ending.lifetimeMillis / 1000).toFixed(1)} s`,
  };
  const rows = Object.entries(known).filter(([, value]) => value);
  return element('dl', { class: 'facts' },
    ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

function end({ address, remote, tls, stream }) {
  const spoken = tls ? `${tls.version} ${tls.cipher}` : 'no TLS';
  const connection = remote && [remote, spoken, stream && `stream ${stream}`].filter(Boolean).join(', ');
  return `${address} (${connection ?? 'no connection'})`;
}

function steps(times) {
  const parts = { route: times.routeMillis, dial: times.dialMillis, answer: times.answerMillis, total: times.totalMillis };
  return Object.entries(parts)
    .filter(([, millis]) => millis != null)
    .map(([name, millis]) => `${name} ${millis.toFixed(1)} ms`)
    .join(', ');
}

function headers(handshake) {
  const heading = element('tr', {}, element('th', { scope: 'col' }, 'Header'),
    ...HEADS.map(([title]) => element('th', { scope: 'col' }, title)));
  const lines = element('tr', {}, element('th', { scope: 'row' }, '(first line)'),
    ...HEADS.map(([, head]) => element('td', {}, handshake.lines[head] ?? '(none)')));
  return element('table', { class: 'headers' }, element('thead', {}, heading),
    element('tbody', {}, lines, ...handshake.headers.map(headerRow)));
}

function headerRow(header) {
  return element('tr', {}, element('th', { scope: 'row' }, header.name),
    ...HEADS.map(([, head, mark]) => headerCell(header[head] ?? [], header[mark])));
}

// Colours are not the only mark.
function headerCell(values, mark) {
  const changed = mark && mark !== 'same';
  return element('td', changed ? { class: mark } : {},
    ...(changed ? [element('i', {}, mark)] : []), ...values.map((value) => element('div', {}, value)));
}
