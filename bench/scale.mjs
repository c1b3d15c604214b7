/**
 * `node bench/scale.mjs [COMPUTES] [SERVERS]`: one large run, its time and its memory. By default
 * 1,000 hosts and 10,000 servers, nobody watching.
 */
import { bootServers, makeCloud } from "./boots.mjs";
import { expect } from "./measure.mjs";

const [computes = 1000, servers = 10_000] = process.argv.slice(2).map(Number);
const began = performance.now();
const cloud = makeCloud({ computes, recorded: false });
const started = performance.now();
expect("boots", bootServers(cloud, servers, 100), servers);
expect("active", cloud.count("ACTIVE"), servers);
const ended = performance.now();
const s = (ms) => `${(ms / 1000).toFixed(1)} s`;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${computes} hosts started in ${s(started - began)}, ${servers} servers booted in ` +
    `${s(ended - started)} (${Math.round((servers * 1000) / (ended - started))}/s, ` +
    `${s(cloud.now / 1000)} of virtual time, ${cloud.kernel.events} events); peak ${Math.round(peak)} MB`,
);
