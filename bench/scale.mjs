/**
 * `npm run bench:scale -- [COMPUTES] [SERVERS] [FILE]`: one large run, its time and its memory. By
 * default 1,000 hosts and 10,000 servers of 20 projects, 400 builds at a time, nobody watching; with
 * FILE, recorded into it line by line. Standard error says how far it is.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { bootServers, makeCloud } from "./boots.mjs";
import { expect } from "./measure.mjs";

const { positionals } = parseArgs({ allowPositionals: true });
const [computes = 1000, servers = 10_000] = positionals.slice(0, 2).map(Number);
const file = positionals[2] === undefined ? null : openSync(positionals[2], "w");
/** A project has five hundred: how many hosts a boot concerns follows from how many its security group is on. */
const PROJECTS = Math.max(20, servers / 500);
const TOLD_EACH = 5_000;
const AT_ONCE = 400;

/** Writes as it goes, in pieces that a disk likes. */
class Piecewise {
  #fd;
  #lines = [];
  #bytes = 0;

  constructor(fd) {
    this.#fd = fd;
  }

  write(line) {
    this.#lines.push(line);
    this.#bytes += line.length;
    if (this.#bytes > 1 << 20) this.flush();
  }

  flush() {
    writeSync(this.#fd, `${this.#lines.join("\n")}\n`);
    this.#lines = [];
    this.#bytes = 0;
  }
}

const s = (ms) => `${(ms / 1000).toFixed(1)} s`;

function told(active) {
  if (active % TOLD_EACH !== 0) return;
  const mb = Math.round(process.memoryUsage().rss / (1 << 20));
  console.error(`${active} servers after ${s(performance.now() - began)}, ${mb} MB`);
}

const sink = file === null ? null : new Piecewise(file);
const began = performance.now();
const cloud = makeCloud({ computes, sink, projects: PROJECTS });
const started = performance.now();
expect("active", bootServers(cloud, servers, AT_ONCE, PROJECTS, told), servers);
const ended = performance.now();
sink?.flush();
if (file !== null) closeSync(file);
const cpu = process.cpuUsage();
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${computes} hosts started in ${s(started - began)}, ${servers} servers booted in ` +
    `${s(ended - started)} (${Math.round((servers * 1000) / (ended - started))}/s, ` +
    `${s(cloud.now / 1000)} of virtual time, ${cloud.kernel.events} events); ` +
    `${s((cpu.user + cpu.system) / 1000)} of CPU; peak ${Math.round(peak)} MB, ` +
    `heap ${Math.round(process.memoryUsage().heapUsed / (1 << 20))} MB at the end`,
);
