/**
 * Peers that take a request and never answer: no client that an agent of 2014.2 makes has a timeout (LP 1388778), so
 * that its only thread waits until somebody restarts it. Upstream: ceilometer/agent.py, ceilometer/nova_client.py,
 * ceilometer/image/glance.py, ceilometer/objectstore/swift.py, ceilometer/network/floatingip.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes } from "../../../src/kernel/index.js";
import { TelemetryBed } from "./telemetry-bed.js";

const YEAR = minutes(60 * 24 * 365);
const COMPUTE = "ceilometer-agent-compute@compute-1";
const CENTRAL = "ceilometer-agent-central@controller";

class SilentBed extends TelemetryBed {
  constructor() {
    super({ services: ["ceilometer", "swift"] });
    const { exit } = this.cloud
      .user("demo")
      .command("nova boot t1 --flavor m1.nano --image cirros");
    expect(exit).toBe(0);
    this.cloud.settle();
    this.cycle();
  }

  /** Each agent polls once. */
  cycle(): void {
    const { kernel } = this.cloud;
    kernel.run(kernel.now + minutes(10));
  }

  count(meter: string): number {
    return this.list(`/v2/meters/${meter}`).length;
  }

  /** What `from` asks of `peer` is taken and not answered, for one cycle. */
  silence(peer: string, from: string): void {
    const host = `${peer}@controller`;
    this.cloud.inject({ slow: { host, from, by: YEAR, times: 100 } });
    this.cycle();
    this.cloud.heal();
  }
}

describe("a peer that never answers", () => {
  it.each([
    ["nova-api", COMPUTE, "instance", "image"],
    ["glance-api", CENTRAL, "image", "instance"],
    ["nova-api", CENTRAL, "image", "instance"],
    ["swift-proxy-server", CENTRAL, "image", "instance"],
    ["keystone", CENTRAL, "image", "instance"],
  ])(
    "stops an agent until that is restarted: %s and %s (HTTP peers that never answer)",
    (peer, agent, meter, other) => {
      const bed = new SilentBed();
      bed.silence(peer, agent);
      const [before, beside] = [bed.count(meter), bed.count(other)];
      bed.cycle();
      bed.cycle();
      expect(bed.count(meter)).toBe(before);
      // The other agent goes on.
      expect(bed.count(other)).toBeGreaterThan(beside);
      bed.cloud.crash(agent);
      bed.cloud.start(agent);
      bed.cycle();
      expect(bed.count(meter)).toBeGreaterThan(before);
    },
  );

  it.each([
    ["neutron-server", "nova-api@controller", true],
    ["glance-registry", "glance-api@controller", false],
  ])("behind one that waits no longer than it will: %s and %s", (peer, between, counted) => {
    const bed = new SilentBed();
    const before = bed.count("image");
    bed.silence(peer, between);
    // Nova waits for half a minute, and the next pollster has its turn; Glance for ten.
    expect(bed.count("image") > before).toBe(counted);
    bed.cycle();
    const after = bed.count("image");
    bed.cycle();
    expect(bed.count("image")).toBeGreaterThan(after);
  });
});
