// Ask Mermaid itself to draw the charts of notes: node tests/draw_charts.mjs NOTE…
// It installs several versions of Mermaid into a folder below the user's cache.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const VERSIONS = ['10.9.3', '11.17.2', '12.3.0'];
const [version, ...notes] = process.argv.slice(2);

if (!VERSIONS.includes(version)) {
  // Each in a process of its own, for each fills the global names with its own things.
  for (const each of VERSIONS) {
    execFileSync(process.execPath, [process.argv[1], each, ...process.argv.slice(2)], {stdio: 'inherit'});
  }
  process.exit();
}

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const folder = join(cache, 'vaultnet-tests', `mermaid-${version}`);
if (!existsSync(join(folder, 'node_modules', 'mermaid'))) {
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--silent', `mermaid@${version}`, 'jsdom@26'], {cwd: folder});
}

const {JSDOM} = (await import(pathToFileURL(join(folder, 'node_modules/jsdom/lib/api.js')))).default;
const {window} = new JSDOM('<!doctype html><body></body>', {pretendToBeVisual: true});
Object.assign(globalThis, {window, document: window.document});
for (const name of ['Element', 'SVGElement', 'HTMLElement', 'Node', 'DOMParser', 'XMLSerializer', 'getComputedStyle']) {
  globalThis[name] = window[name];
}
// jsdom lays nothing out, and knows no sheets that are made by a script.
globalThis.CSSStyleSheet = class { cssRules = []; insertRule() {} replaceSync() {} };
const box = function () {
  return {x: 0, y: 0, width: (this.textContent || '').length * 8, height: 14};
}
Object.assign(window.Element.prototype, {getBBox: box, getBoundingClientRect: box});

const mermaid = (await import(pathToFileURL(join(folder, 'node_modules/mermaid/dist/mermaid.core.mjs')))).default;
mermaid.initialize({startOnLoad: false});
let number = 0;
for (const note of notes) {
  for (const [, chart] of readFileSync(note, 'utf8').matchAll(/```mermaid\r?\n([\s\S]*?)```/g)) {
    await mermaid.parse(chart);
    const {svg} = await mermaid.render(`chart${number++}`, chart);
    const bars = chart.match(/bar \[(.*)\]/)[1].split(',').length;
    const drawn = (svg.match(/<rect/g) || []).length - 1; // one is the background
    if (drawn !== bars) throw new Error(`${note}: ${drawn} bars drawn, not ${bars}`);
    console.log(`Mermaid ${version}: ${note}: ${bars} bars`);
  }
}
