import { element, number, setText } from './elements.js';

const SAMPLES = 300;
const WIDTH = 600;
const HEIGHT = 96;
const SVG = 'http://www.w3.org/2000/svg';

// Lines of rates over the last five minutes, from counts that only grow.
export class Chart {

  constructor(parent, names) {
    this.names = names;
    this.samples = [];
    this.values = names.map((name) => element('b', { 'data-series': name }, '0'));
    this.top = element('span', { class: 'top' }, '');
    this.lines = names.map((name) => line(name));
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(...this.lines);
    const legend = names.map((name, index) => element('li', { class: name }, `${name} `, this.values[index]));
    parent.append(element('ul', { class: 'legend' }, ...legend, this.top), svg,
      element('p', { class: 'axis', 'aria-hidden': 'true' }, element('span', {}, '5 minutes ago'), element('span', {}, 'now')));
  }

  add(at, counts) {
    const last = this.last;
    this.last = { at, counts };
    if (!last || at <= last.at) {
      return;
    }
    const seconds = (at - last.at) / 1000;
    this.samples.push(this.names.map((name) => Math.max(0, (counts[name] ?? 0) - (last.counts[name] ?? 0)) / seconds));
    this.samples.splice(0, this.samples.length - SAMPLES);
    this.draw();
  }

  draw() {
    const most = Math.max(1, ...this.samples.flat());
    const newest = this.samples.at(-1);
    this.lines.forEach((drawn, series) => drawn.setAttribute('points', this.points(series, most)));
    this.values.forEach((value, series) => setText(value, number(newest[series])));
    setText(this.top, `top ${number(most)}/s`);
  }

  points(series, most) {
    const start = SAMPLES - this.samples.length;
    return this.samples.map((sample, index) => {
      const x = (start + index) * WIDTH / (SAMPLES - 1);
      const y = HEIGHT - 2 - sample[series] / most * (HEIGHT - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    }).join(' ');
  }

}

function line(name) {
  const made = document.createElementNS(SVG, 'polyline');
  made.setAttribute('class', name);
  made.setAttribute('vector-effect', 'non-scaling-stroke');
  return made;
}
