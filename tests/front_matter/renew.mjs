// Records how Obsidian reads each front matter of awkward.jsonl: node tests/front_matter/renew.mjs
//
// A line of that file is {"about": a topic, "text": front matter without its two lines of dashes}. This
// script adds "obsidian": {"reads": value} or {"refuses": code}, and writes the file again. Another file
// may be named. The package is installed once, in its pinned version, into the user's cache folder; the
// tests need neither it nor node.
//
// Values are JSON's own, but for what JSON lacks: {"$number": "NaN"}, {"$object": "Set"}. JavaScript has
// one kind of number, so 1.0 is recorded as 1. Dates do not occur: they are text.

import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const VERSION = '2.7.0';

// Obsidian's own source is closed. What it offers to plugins as parseYaml is this package's parse, and its
// properties behave as the package's defaults do, so none is set. Those that decide something:
//   version "1.2", hence schema "core": yes, no, on, off, 12:30 and dates are text, 010 is ten
//   merge false: << is a key like any other
//   uniqueKeys true: a key that stands twice is an error; 1 and "1" are two keys, and the latter one wins
//   strict true: comments need a space, what goes on in quotes and brackets needs indentation
//   mapAsMap, stringKeys, intAsBigInt false: keys become text in JavaScript's words, long numbers are rounded
//   maxAliasCount 100: more is taken for an attack
//   resolveKnownTags true: !!set, !!omap, !!binary and !!timestamp make JavaScript's own objects
// Where parse throws, Obsidian shows the properties as invalid; where it gives no mapping, none.

const file = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'awkward.jsonl');
const {parse} = load();
process.removeAllListeners('warning'); // the package warns of tags that it does not know
const cases = readFileSync(file, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
writeFileSync(file, cases.map(one => print({...one, obsidian: read(one.text)}) + '\n').join(''));

function load() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'vaultnet-tests', `yaml-${VERSION}`);
  if (!existsSync(join(folder, 'node_modules', 'yaml'))) {
    const words = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', [...words, `yaml@${VERSION}`], {stdio: 'inherit'});
  }
  const require = createRequire(join(folder, 'here.js'));
  const found = require('yaml/package.json').version;
  if (found !== VERSION) throw new Error(`${folder} holds yaml ${found}: delete it`);
  return require('yaml');
}

function read(text) {
  try {
    return {reads: encode(parse(text), [])};
  } catch (error) {
    return {refuses: error.code ?? error.name};
  }
}

function encode(value, within) {
  if (typeof value === 'number' && !Number.isFinite(value)) return {$number: String(value)};
  if (typeof value === 'symbol') return {$object: 'Symbol'};
  if (value === null || typeof value !== 'object') return value ?? null;
  if (within.includes(value)) return {$object: 'itself'};
  const inner = [...within, value];
  if (Array.isArray(value)) return value.map(item => encode(item, inner));
  if (Object.getPrototypeOf(value) !== Object.prototype) return {$object: value.constructor.name};
  const held = Object.create(null); // so that a key may be named __proto__
  for (const [key, item] of Object.entries(value)) held[key] = encode(item, inner);
  return held;
}

// What cannot be seen is written as its number.
function print(value) {
  const number = char => [...Array(char.length).keys()].map(at => '\\u' + char.charCodeAt(at).toString(16).padStart(4, '0')).join('');
  return JSON.stringify(value).replace(/(?! )[\p{C}\p{Z}]/gu, number);
}
