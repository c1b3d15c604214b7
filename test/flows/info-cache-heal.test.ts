/**
 * What nova-compute asks when it reads a server's network anew. A list of servers that names no attributes brings neither
 * system_metadata nor the network cache: nova/objects/instance.py:260-317, 535-583 at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";

const HOST = "nova-compute@compute-1";

function booted(): Cloud {
  const cloud = new Cloud({ seed: 1, computes: 1, detail: "full" });
  cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
  cloud.settle();
  return cloud;
}

const isList = (text: string): boolean =>
  text.includes('"objmethod":"get_by_host"') && text.includes('"expected_attrs":[]');

/** What its host has asked, in words that tell it apart. */
const asked = (cloud: Cloud): string[] =>
  cloud.timeline.entries.flatMap((entry) => {
    if (entry.actor !== HOST) return [];
    if (entry.kind === "rpc.call") return [JSON.stringify(entry.args)];
    return entry.kind === "rest.request" ? [entry.path] : [];
  });

describe("the first server of a list that is healed", () => {
  // nova/compute/manager.py:1217-1227 loads the one, nova/network/neutronv2/api.py:1352-1356 the other after the ports, under the lock.
  it("has its metadata loaded first, and its cache after its ports", () => {
    const cloud = booted();
    cloud.advance("2m");
    const all = asked(cloud);
    const [, metadata, ports, cache, networks] = all.slice(all.findLastIndex(isList));
    expect(metadata).toContain('"expected_attrs":["system_metadata"]');
    expect(ports).toMatch(/^\/v2\.0\/ports\.json\?tenant_id=/u);
    expect(cache).toContain('"expected_attrs":["info_cache"]');
    expect(networks).toMatch(/^\/v2\.0\/networks\.json/u);
  });

  it("keeps a port that was attached since the list was read", () => {
    const cloud = booted();
    const before = asked(cloud).length;
    cloud.kernel.runUntil(() => asked(cloud).slice(before).some(isList));
    cloud.inject({
      delay: { of: "reply", method: "object_class_action", from: HOST, by: seconds(2) },
    });
    cloud.user("demo").command("nova interface-attach --net-id {{network private}} t1");
    cloud.advance("20s");
    expect(cloud.ports({ device_id: cloud.server("t1")?.id ?? "" }).length).toBe(2);
    cloud.user("demo").command("nova delete t1");
    cloud.settle();
    expect(cloud.leftovers()).toEqual([]);
  });
});
