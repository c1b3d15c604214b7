/** Whole boots through a whole cloud: every request, message and row that a boot takes. */
import { Cloud } from "../dist/cloud/cloud.js";
import { Recorder } from "../dist/timeline/index.js";
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

export function makeCloud({ computes, recorded, vifs = true }) {
  const observer = recorded ? new Recorder(new Nowhere()) : null;
  const cloud = new Cloud({
    observer,
    computes: Array.from({ length: computes }, (_, i) => ({
      name: `compute-${i + 1}`,
      vcpus: 64,
      memory_mb: 1 << 20,
      disk_gb: 10_000,
    })),
    networks: [{ name: "private", cidr: "10.0.0.0/8" }],
    flags: { ...UNLIMITED, ...(vifs ? {} : { vif_plugging_timeout: 0 }) },
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

/** `atOnce` users who boot one server after another until `n` are ACTIVE. */
export function bootServers(cloud, n, atOnce) {
  const { nova } = cloud.user("demo");
  const { kernel } = cloud;
  const image = cloud.id("image", "cirros");
  const network = cloud.id("network", "private");
  let left = n;
  let booted = 0;
  function* user(u) {
    while (left-- > 0) {
      yield* nova.create({ name: `s${u}`, flavor: "42", image, networks: [network] });
      booted++;
    }
  }
  for (let u = 0; u < atOnce; u++) kernel.spawn(user(u), { name: "user" });
  cloud.settle();
  return booted;
}

function boots(atOnce, recorded, computes = 10) {
  return (n) => {
    const cloud = makeCloud({ computes, recorded });
    expect("boots", bootServers(cloud, n, atOnce), n);
    expect("active", cloud.count("ACTIVE"), n);
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
