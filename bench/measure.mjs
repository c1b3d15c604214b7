/**
 * Times a piece of work: warmed up, in rounds, each after a garbage collection; the median is what
 * counts. Every bench checks that what it counts did happen.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/**
 * @param {{ name: string, unit: string, n: number, work: (n: number) => number }} bench
 *   `work` does `n` units, checks them, and returns how many were done
 * @returns {{ name: string, unit: string, per_s: number, min: number, max: number }}
 */
export function measure({ name, unit, n, work }, { rounds = 5, warmup = 2 } = {}) {
  for (let i = 0; i < warmup; i++) work(n);
  const rates = [];
  for (let i = 0; i < rounds; i++) {
    collect();
    const began = performance.now();
    const done = work(n);
    rates.push((done * 1000) / (performance.now() - began));
  }
  rates.sort((a, b) => a - b);
  const median = rates[rates.length >> 1];
  return { name, unit, per_s: median, min: rates[0], max: rates.at(-1) };
}

/** @throws if a bench did not do what it claims */
export function expect(what, actual, wanted) {
  if (actual !== wanted) throw new Error(`${what}: ${actual}, expected ${wanted}`);
}
