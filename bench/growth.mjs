/**
 * `npm run bench:growth -- [--large] [--hosts N,N] [--servers N,N]`: what a boot, a list, a delete, a
 * shelve and a resize cost as hosts and servers grow, in milliseconds of processor time, as a table in
 * Markdown. What grows with neither is a flat row; a slope is a scan that wants an index. `--large` adds
 * the cells that take minutes. Nobody watches.
 */
import { parseArgs } from "node:util";
import { milliseconds, sleep } from "../src/kernel/index.ts";
import { bootServers, makeCloud } from "./boots.mjs";
import { expect } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    large: { type: "boolean", default: false },
    hosts: { type: "string" },
    servers: { type: "string" },
  },
});
const numbers = (text) => text.split(",").map(Number);
const HOSTS = numbers(values.hosts ?? (values.large ? "10,100,1000,10000" : "10,100,1000"));
const SERVERS = numbers(
  values.servers ?? (values.large ? "100,1000,10000,100000" : "100,1000,10000"),
);
/** So many of each act: enough to be compiled, few beside what is there. */
const ACTS = 80;
/** Between one and the next: alone, an act would be charged with all that its hosts report meanwhile. */
const APART = milliseconds(100);
/** Where the other number grows. */
const FEW_HOSTS = 100;
const FEW_SERVERS = 100;
const AT_ONCE = 100;
const PROJECTS = 20;
const LOOK = milliseconds(500);

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The cost of each act in a cloud of that size, in milliseconds. */
function costs(computes, servers) {
  const began = cpu();
  const cloud = makeCloud({ computes, projects: PROJECTS });
  const start = cpu() - began;
  expect("active", bootServers(cloud, servers, Math.min(AT_ONCE, servers), PROJECTS), servers);
  const user = cloud.user("user-1");
  const { nova } = user;
  const wanted = {
    flavor: "42",
    image: cloud.id("image", "cirros"),
    networks: [cloud.id("network", "private")],
  };
  const ids = [];
  const act = (name, one) => {
    function* later(i, after) {
      yield* sleep(after);
      yield* one(i);
    }
    const round = (from, to) => {
      const before = cpu();
      for (let i = from; i < to; i++) cloud.kernel.spawn(later(i, (i - from) * APART), { name });
      cloud.settle();
      return (cpu() - before) / (to - from);
    };
    // The first ones make the code warm.
    round(0, ACTS / 2);
    return [name, round(ACTS / 2, ACTS)];
  };
  function* until(id, status) {
    do yield* sleep(LOOK);
    while (cloud.server(id)?.status !== status);
  }
  return [
    ["start", start],
    act("boot", function* (i) {
      const { id } = yield* nova.create({ name: `new-${i}`, ...wanted });
      ids[i] = id;
      yield* until(id, "ACTIVE");
    }),
    act("list", function* () {
      yield* nova.list();
    }),
    act("resize", function* (i) {
      const resize = { flavorRef: "1" };
      yield* user.request("compute", "POST", `/servers/${ids[i]}/action`, { resize });
      yield* until(ids[i], "VERIFY_RESIZE");
    }),
    act("confirm", function* (i) {
      yield* nova.action(ids[i], "confirmResize");
      yield* until(ids[i], "ACTIVE");
    }),
    act("shelve", function* (i) {
      yield* nova.action(ids[i], "shelve");
      yield* until(ids[i], "SHELVED_OFFLOADED");
    }),
    act("delete", function* (i) {
      yield* nova.delete(ids[i]);
      while ((cloud.server(ids[i])?.status ?? "DELETED") !== "DELETED") yield* sleep(LOOK);
    }),
  ];
}

const shown = (ms) => (ms < 100 ? ms.toFixed(2) : Math.round(ms).toLocaleString("en"));

function table(title, cells) {
  const columns = cells.map(({ size }) => size.toLocaleString("en"));
  console.log(`| ${title} | ${columns.join(" | ")} |`);
  console.log(`| --- | ${columns.map(() => "--:").join(" | ")} |`);
  const acts = cells[0].costs.map(([name]) => name);
  for (const [row, name] of acts.entries()) {
    console.log(`| ${name} | ${cells.map((cell) => shown(cell.costs[row][1])).join(" | ")} |`);
  }
  console.log("");
}

costs(10, 200); // Warm.
const byHosts = HOSTS.map((size) => ({ size, costs: costs(size, FEW_SERVERS) }));
table(`ms, ${FEW_SERVERS} servers on so many hosts`, byHosts);
const byServers = SERVERS.map((size) => ({ size, costs: costs(FEW_HOSTS, size) }));
table(`ms, so many servers on ${FEW_HOSTS} hosts`, byServers);
