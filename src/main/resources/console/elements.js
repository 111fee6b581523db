// Text goes into the page as text only: nothing here, or in the other files, makes markup of it.

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.map((child) => child ?? ''));
  return made;
}

export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

// A column has a text, and may have a class or be a button that does something with its item.
// Rows that stay are never moved or made anew, so the focus stays where it is.
export function showRows(body, items, columns, key) {
  const rows = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  const keys = new Set(items.map(key));
  rows.forEach((row, name) => keys.has(name) || row.remove());
  let next = body.firstElementChild;
  for (const item of items) {
    const row = rows.get(key(item)) ?? newRow(key(item), columns);
    if (row === next) {
      next = next.nextElementSibling;
    } else {
      body.insertBefore(row, next);
    }
    columns.forEach((column, index) => update(row.cells[index], item, column));
  }
}

function newRow(key, columns) {
  const row = element('tr', {}, ...columns.map(newCell));
  row.dataset.key = key;
  return row;
}

function newCell(column) {
  return element('td', {}, ...(column.act ? [element('button', { type: 'button' })] : []));
}

function update(cell, item, column) {
  cell.className = column.style?.(item) ?? '';
  const button = cell.querySelector('button');
  if (button) {
    button.onclick = () => column.act(item);
    button.hidden = !column.text(item);
  }
  setText(button ?? cell, column.text(item) ?? '');
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const number = (value) => compact.format(value);

export const time = (instant) => new Date(instant).toLocaleTimeString('en-GB');

export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']].filter(([size]) => seconds >= size).slice(0, 2);
  return parts.map(([size, unit], index) => Math.floor((index ? seconds % parts[0][0] : seconds) / size) + unit).join(' ')
    || '0s';
}

export async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store', headers: { Accept: 'application/json' } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail ?? `${path}: ${response.status}`);
  }
  return answer;
}
