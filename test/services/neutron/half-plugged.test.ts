/** Why a port stays BUILD: what befell that very port, and not what went wrong somewhere. */
import { describe, expect, it } from "vitest";
import type { Mishap } from "../../../src/framework/mishaps.js";
import { minutes, seconds, type Micros } from "../../../src/kernel/index.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { portsUnplugged } from "../../../src/services/neutron/invariants/ports.js";
import { NeutronBed, type Host } from "./bed.js";

interface Wired {
  readonly bed: NeutronBed;
  readonly host: Host;
  /** A port that is bound to `c1`. */
  readonly id: string;
}

function bound(): Wired {
  const bed = new NeutronBed();
  const host = bed.host("c1");
  return { bed, host, id: bed.port("c1")["id"] as string };
}

/** What was wrong all the time, or until then. */
const away = (place: string, to: Micros = Infinity): Mishap => ({
  ...{ kind: "process", from: 0, to },
  places: [place],
  requests: new Set(),
});

const found = ({ bed, host }: Wired, mishaps: readonly Mishap[] = [], other?: Host) => {
  const bridges = [["c1", host.bridge] as const, ...(other ? [["c2", other.bridge] as const] : [])];
  return portsUnplugged(bed.database, new Map(bridges), mishaps).map(({ exception }) => exception);
};

describe("a port that its agent asks of", () => {
  // ovs_neutron_agent.py:1092-1100 at 2014.2: a port that is no longer on the bridge is skipped, and not known from then on.
  it("after its tap is gone stays BUILD (asked-of-after-its-tap)", () => {
    const wired = bound();
    const { bed, host, id } = wired;
    bed.crash(bed.server, bed.serverEnv);
    host.bridge.plug(id);
    bed.wait(seconds(10));
    host.bridge.unplug(id);
    bed.server = bed.start(neutronServer(bed.serverEnv, bed.database));
    bed.wait(minutes(2));
    expect(bed.database.ports.get(id)?.status).toBe("BUILD");
    expect(found(wired)).toEqual(["asked-of-after-its-tap"]);
  });

  it("and to which it comes when its tap is gone stays so as well", () => {
    const wired = bound();
    const { bed, host, id } = wired;
    host.bridge.plug(id);
    bed.kernel.runUntil(() => bed.database.ports.get(id)?.status === "BUILD");
    host.bridge.unplug(id);
    bed.wait(minutes(2));
    expect(bed.database.ports.get(id)?.status).toBe("BUILD");
    expect(found(wired)).toEqual(["asked-of-after-its-tap"]);
  });

  it("in vain, a message of its being lost, is looked at again a minute later (port-waits-for-agent)", () => {
    const wired = bound();
    const { bed, host, id } = wired;
    host.bridge.plug(id);
    bed.kernel.runUntil(() => bed.database.ports.get(id)?.status === "BUILD");
    bed.crash(host.agent, host.env);
    const asked = bed.kernel.now;
    const lost: Mishap = {
      ...{ kind: "message", from: asked, to: asked },
      places: [],
      requests: new Set(),
    };
    bed.wait(seconds(50));
    expect(found(wired, [lost])).toEqual(["port-waits-for-agent"]);
    expect(found(wired)).toEqual([undefined]);
    // By then its tap may be gone.
    host.bridge.unplug(id);
    bed.wait(seconds(20));
    expect(found(wired, [lost])).toEqual(["asked-of-after-its-tap"]);
    expect(found(wired)).toEqual([undefined]);
  });

  it("before its tap is gone has no excuse, and none has one that never had a tap", () => {
    const wired = bound();
    const { bed, host, id } = wired;
    const trouble = [away("neutron-server@controller"), away("nova-compute@c1")];
    bed.database.ports.update(id, { status: "BUILD" });
    expect(found(wired, trouble)).toEqual([undefined]);
    bed.crash(host.agent, host.env);
    host.bridge.plug(id);
    bed.wait(seconds(5));
    host.bridge.unplug(id);
    expect(found(wired, trouble)).toEqual([undefined]);
  });

  // neutron/plugins/ml2/rpc.py:84-90 asks for no host; :118-124 does, and so only the host that it is bound to makes it ACTIVE.
  it("that is bound to another host stays BUILD, with its tap there and without (asked-of-by-another-host)", () => {
    const wired = bound();
    const { bed, id } = wired;
    const other = bed.host("c2");
    other.bridge.plug(id);
    bed.wait(minutes(1));
    expect(found(wired, [], other)).toEqual(["asked-of-by-another-host"]);
    bed.crash(other.agent, other.env);
    other.bridge.unplug(id);
    expect(found(wired, [], other)).toEqual(["asked-of-by-another-host"]);
    // On its own host alone, it is to be plugged.
    wired.host.bridge.plug(id);
    expect(found(wired)).toEqual([undefined]);
  });

  // neutron/plugins/ml2/rpc.py:84-90 at 2014.2 makes it BUILD, and nobody else ends that.
  it("and that dies before it has plugged it, waits for that agent (port-waits-for-agent)", () => {
    const wired = bound();
    const { bed, host, id } = wired;
    host.bridge.plug(id);
    bed.kernel.runUntil(() => bed.database.ports.get(id)?.status === "BUILD");
    bed.crash(host.agent, host.env);
    bed.wait(minutes(2));
    expect(found(wired)).toEqual(["port-waits-for-agent"]);
  });

  it("has no such excuse where its agent was away before it asked", () => {
    const wired = bound();
    const { bed, id } = wired;
    bed.wait(minutes(5));
    bed.database.ports.update(id, { status: "BUILD" });
    const agent = "neutron-openvswitch-agent@c1";
    expect(found(wired, [away(agent, minutes(1))])).toEqual([undefined]);
    expect(found(wired, [away(agent, bed.kernel.now)])).toEqual(["port-waits-for-agent"]);
  });
});
