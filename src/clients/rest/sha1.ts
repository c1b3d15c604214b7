/**
 * SHA-1, because novaclient shows tokens and passwords as their SHA-1. Not for secrets: it hides
 * them from a reader, as in 2014. FIPS 180-4; own code because simulated code has no Node to ask.
 */
import { wellFormed } from "../python/text.js";

/** 40 hex digits of the UTF-8 of `text`. */
export function sha1(text: string): string {
  const words = padded(utf8(text));
  const state: Five = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let start = 0; start < words.length; start += 16) mix(state, words, start);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

type Five = [number, number, number, number, number];

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of wellFormed(text)) {
    const point = char.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return bytes;
}

const tail = (point: number): number => 0x80 | (point & 0x3f);

/** Big-endian words: the bytes, a one bit, zeros, the length in bits. */
function padded(bytes: readonly number[]): number[] {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const words = new Array<number>(blocks * 16).fill(0);
  [...bytes, 0x80].forEach((byte, i) => {
    words[i >> 2] = (words[i >> 2] ?? 0) | (byte << (24 - (i & 3) * 8));
  });
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = (bytes.length << 3) | 0;
  return words;
}

function mix(state: Five, words: readonly number[], start: number): void {
  const w = words.slice(start, start + 16);
  const at = (i: number): number => w[i] ?? 0;
  for (let i = 16; i < 80; i++) w.push(rotate(at(i - 3) ^ at(i - 8) ^ at(i - 14) ^ at(i - 16), 1));
  let [a, b, c, d, e] = state;
  for (let i = 0; i < 80; i++) {
    const next = (rotate(a, 5) + choose(i, b, c, d) + e + at(i)) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, i) => {
    state[i] = ((state[i] ?? 0) + word) | 0;
  });
}

/** The round's function and constant. */
function choose(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
