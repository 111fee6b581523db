import { cancelDrain, closeTunnel, drain } from './actions.js';
import { Chart } from './chart.js';
import { byId, duration, element, getJson, number, setText, showRows, time } from './elements.js';
import { openHandshake } from './handshake.js';

const MANY = 5000;
const ROWS = 50;
const RETRY_MILLIS = 3000;
const CLOSES_MILLIS = 5000;

const outcomes = new Chart(byId('handshake-rate'), ['switched', 'declined', 'rejected', 'failed']);
const messages = new Chart(byId('message-rate'), ['to-upstream', 'to-client']);
const state = { chosen: null, writes: {}, newest: [], tunnelsAt: 0, closesAt: 0 };

const isNumber = () => 'number';

const groupColumns = [
  { text: (group) => group.route, act: choose },
  { text: (group) => group.upstream },
  { text: (group) => group.open.toLocaleString('en'), style: isNumber },
  { text: () => state.writes.drain && 'Drain…', act: drain },
];

const handshakeColumns = [
  { text: (handshake) => time(handshake.time) },
  { text: (handshake) => handshake.route ?? '(none)' },
  { text: (handshake) => handshake.client },
  { text: (handshake) => handshake.outcome, style: ({ outcome, failure }) => (failure && outcome === 'switched' ? 'failed' : outcome) },
  { text: (handshake) => String(handshake.status), style: isNumber },
  { text: (handshake) => handshake.title, act: (handshake) => openHandshake(handshake.id) },
];

const tunnelColumns = [
  { text: (tunnel) => tunnel.id, act: (tunnel) => openHandshake(tunnel.id) },
  { text: (tunnel) => tunnel.route },
  { text: (tunnel) => tunnel.client.address },
  { text: (tunnel) => tunnel.upstream.address },
  { text: (tunnel) => duration(Date.now() - Date.parse(tunnel.opened)), style: isNumber },
  { text: (tunnel) => duration(Date.now() - Date.parse(tunnel.lastActivity)), style: isNumber },
  { text: (tunnel) => `${number(tunnel.client.messages)} / ${number(tunnel.upstream.messages)}`, style: isNumber },
  { text: (tunnel) => `${number(tunnel.client.bytes)} / ${number(tunnel.upstream.bytes)}`, style: isNumber },
  { text: (tunnel) => tunnel.ending },
  { text: (tunnel) => state.writes.tunnels && !tunnel.ending && 'Close…', act: closeTunnel },
];

const drainColumns = [
  { text: (line) => line.scope },
  { text: (line) => line.state },
  { text: (line) => (line.refusing ? 'refused' : 'taken') },
  { text: (line) => `${line.closed} of ${line.total}` },
  { text: (line) => state.writes.drain && line.refusing && Boolean(line.route) !== Boolean(line.upstream) && 'Cancel…', act: cancelDrain },
];

function listen() {
  const source = new EventSource('console/events');
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.onerror = () => {
    setText(byId('state'), 'disconnected');
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(listen, RETRY_MILLIS);
    }
  };
}

function show(summary) {
  setText(byId('state'), 'live');
  state.writes = summary.writes;
  state.newest = summary.newest;
  document.querySelectorAll('.closes').forEach((cell) => { cell.hidden = !summary.writes.tunnels; });
  document.querySelectorAll('.drains').forEach((cell) => { cell.hidden = !summary.writes.drain; });
  const at = Date.parse(summary.at);
  outcomes.add(at, summary.handshakes);
  messages.add(at, summary.messages);
  showTotals(summary);
  showRows(byId('groups'), summary.tunnels, groupColumns, (group) => `${group.route} ${group.upstream}`);
  showHandshakes();
  byId('drains-section').hidden = summary.drains.length === 0;
  showRows(byId('drains'), summary.drains.map(keyed), drainColumns, (line) => line.key);
  if (!document.hidden) {
    showTunnels(summary.open).catch(report);
    showCloses().catch(report);
  }
}

// A scope may have been drained before.
function keyed(line, index, lines) {
  const before = lines.slice(0, index).filter((other) => other.scope === line.scope).length;
  return { ...line, key: `${line.scope} ${before}` };
}

function report(error) {
  setText(byId('result'), error.message);
}

function showTotals(summary) {
  const sum = (counts) => number(Object.values(counts).reduce((total, count) => total + count, 0));
  const totals = { 'open tunnels': summary.open.toLocaleString('en'), handshakes: sum(summary.handshakes),
    messages: sum(summary.messages), bytes: sum(summary.bytes) };
  const list = byId('totals');
  if (!list.childElementCount) {
    list.append(...Object.keys(totals).map((name) => element('div', {}, element('dt', {}, name), element('dd'))));
  }
  Object.values(totals).forEach((value, index) => setText(list.children[index].lastChild, value));
}

function showHandshakes() {
  const chosen = state.newest.filter((handshake) => handshake.failure || !byId('failures').checked);
  showRows(byId('handshakes'), chosen, handshakeColumns, (handshake) => handshake.id);
}

// Where there are many tunnels, a look at all of them is not for every second.
async function showTunnels(open) {
  if (Date.now() - state.tunnelsAt < (open > MANY ? 10_000 : 900)) {
    return;
  }
  state.tunnelsAt = Date.now();
  const chosen = state.chosen;
  const page = await getJson(`tunnels?${new URLSearchParams({ size: ROWS, ...chosen })}`);
  if (chosen === state.chosen) {
    showRows(byId('tunnels'), page.tunnels, tunnelColumns, (tunnel) => tunnel.id);
    setText(byId('shown'), page.total > ROWS ? `${ROWS} of ${page.total.toLocaleString('en')}` : '');
  }
}

function choose(group) {
  state.chosen = group && { route: group.route, upstream: group.upstream };
  state.tunnelsAt = 0;
  byId('filter').hidden = !group;
  setText(byId('filter'), group ? `${group.route} to ${group.upstream}: show all` : '');
  showTunnels(0).catch(report);
}

async function showCloses() {
  if (Date.now() - state.closesAt < CLOSES_MILLIS) {
    return;
  }
  state.closesAt = Date.now();
  const { routes } = await getJson('closes');
  byId('closes').replaceChildren(...routes.flatMap(sentences).map((sentence) => element('li', {}, sentence)));
}

function sentences(route) {
  const causes = Object.entries(route.byCause).sort((one, other) => other[1] - one[1]);
  const counts = causes.map(([cause, count]) => `${cause} ${count}`).join(', ');
  return [...route.clusters.map((cluster) => cluster.sentence), `${route.route}: ${route.ends} ended (${counts})`];
}

byId('failures').onchange = showHandshakes;
byId('filter').onclick = () => choose(null);
listen();
