/** Whole boots through a whole cloud: every request, message and row that a boot takes. */
import { Cloud } from "../src/cloud/cloud.ts";
import { milliseconds, sleep } from "../src/kernel/index.ts";
import { Recorder } from "../src/timeline/index.ts";
import { expect } from "./measure.mjs";

/** Takes what is recorded and forgets it, as a file would. */
class Nowhere {
  bytes = 0;
  write(line) {
    this.bytes += line.length;
  }
}

const UNLIMITED = {
  quota_instances: -1,
  quota_cores: -1,
  quota_ram: -1,
  quota_port: -1,
};

/** `projects` projects with one user each; a sink, if it is to be recorded. */
export function makeCloud({ computes, sink = null, projects = 1 }) {
  const observer = sink === null ? null : new Recorder(sink);
  const cloud = new Cloud({
    observer,
    computes: Array.from({ length: computes }, (_, i) => ({
      name: `compute-${i + 1}`,
      vcpus: 64,
      memory_mb: 1 << 20,
      disk_gb: 10_000,
    })),
    networks: [{ name: "private", cidr: "10.0.0.0/8" }],
    users: Array.from({ length: projects }, (_, i) => ({ name: nameOf(i) })),
    flags: UNLIMITED,
  });
  observer?.begin({
    novasim: "",
    scenario: "bench",
    title: "",
    seed: 1,
    epoch: cloud.kernel.calendar.epoch,
    actors: cloud.actors,
    source: null,
  });
  return cloud;
}

const nameOf = (project) => `user-${project + 1}`;

/**
 * Between one person's beginning and the next one's. Who all ask at the same instant are all given
 * the same host, since it is the emptiest, and 64 builds fill its RPC pool, so that nobody can tell
 * it that a port is plugged. Juno's Nova does the same.
 */
const APART = milliseconds(100);

/** How often a user looks whether a server has come up. It costs no request. */
const LOOK = milliseconds(500);

/**
 * `atOnce` people, spread over the projects, who boot one server after another until there are `n`.
 * Each waits until the server is ACTIVE: a queue of builds that grows without end measures nothing.
 * @returns how many came up
 */
export function bootServers(cloud, n, atOnce, projects = 1, told = () => undefined) {
  const { kernel } = cloud;
  const flavor = "42";
  const image = cloud.id("image", "cirros");
  const networks = [cloud.id("network", "private")];
  let left = n;
  let active = 0;
  function* person(i) {
    const { nova } = cloud.user(nameOf(i % projects));
    yield* sleep(i * APART);
    while (left-- > 0) {
      const { id } = yield* nova.create({ name: `s${left}`, flavor, image, networks });
      do yield* sleep(LOOK);
      while (cloud.server(id).status === "BUILD");
      if (cloud.server(id).status === "ACTIVE") told(++active);
    }
  }
  for (let i = 0; i < atOnce; i++) kernel.spawn(person(i), { name: "person" });
  cloud.settle();
  return active;
}

function boots(atOnce, recorded, computes = 10) {
  return (n) => {
    const cloud = makeCloud({ computes, sink: recorded ? new Nowhere() : null });
    expect("active", bootServers(cloud, n, atOnce), n);
    return n;
  };
}

export const bootBenches = [
  { name: "boots: 1 at a time, recorded", unit: "boots", n: 500, work: boots(1, true) },
  {
    name: "boots: 100 at a time, recorded",
    unit: "boots",
    n: 2000,
    work: boots(100, true),
    sketch: ["boot.mjs", "boot-copy-C100"],
  },
  {
    name: "boots: 100 at a time",
    unit: "boots",
    n: 2000,
    work: boots(100, false),
    sketch: ["boot.mjs", "boot-copy-C100"],
  },
];
