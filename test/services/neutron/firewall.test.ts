/** How an agent keeps its filters. Upstream: neutron/agent/securitygroups_rpc.py (setup_port_filters) at 2014.2. */
import { describe, expect, it } from "vitest";
import { RpcClient, clientOf } from "../../../src/bus/index.js";
import { adminContext, contextSerializer } from "../../../src/framework/index.js";
import { minutes, type Op } from "../../../src/kernel/index.js";
import { toJson, type JsonObject } from "../../../src/python/index.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { Firewall } from "../../../src/services/neutron/ovs/firewall.js";
import { SecurityGroupInfos } from "../../../src/services/neutron/rpc/security-group-info.js";
import { securityGroupServerApi } from "../../../src/services/neutron/rpcapi.js";
import { NeutronBed } from "./bed.js";

function firewallOn(bed: NeutronBed): { firewall: Firewall; asked: () => unknown[] } {
  const env = bed.env("neutron-openvswitch-agent", { host: "c9", exchange: "neutron" });
  const client = clientOf(securityGroupServerApi, new RpcClient(env.bus, contextSerializer));
  const firewall = new Firewall(client, adminContext(env), true, () => undefined);
  const asked = () =>
    bed
      .of<{ kind: "rpc.call"; args: { devices: unknown } }>("rpc.call")
      .map(({ args }) => args.devices);
  return { firewall, asked };
}

const QUESTION = "security_group_info_for_devices";

const port = (bed: NeutronBed): string => bed.port("c1")["id"] as string;

describe("the probe (use_enhanced_rpc)", () => {
  it("is an empty list before the first question, and not at the start", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    bed.wait(minutes(1));
    expect(bed.calls()).toEqual([]);
    const [one, two] = [port(bed), port(bed)];
    bed.forget();
    for (const id of [one, two]) {
      bridge.plug(id);
      bed.kernel.settle();
    }
    expect(bed.calls().filter((method) => method === QUESTION)).toHaveLength(3);
    const asked = bed.of<{ kind: "rpc.call"; method: string; args: JsonObject }>("rpc.call");
    const devices = asked
      .filter(({ method }) => method === QUESTION)
      .map(({ args }) => args["devices"]);
    expect(devices).toEqual([[], [one], [two]]);
  });

  it("is asked again after it failed", () => {
    const bed = new NeutronBed();
    const { firewall, asked } = firewallOn(bed);
    const one = port(bed);
    bed.crash(bed.server, bed.serverEnv);
    const setup = () => {
      bed.run(firewall.setup([one], []));
    };
    expect(setup).toThrow("Timed out waiting for a reply");
    bed.start(neutronServer(bed.env("neutron-server"), bed.database));
    bed.forget();
    setup();
    expect(asked()).toEqual([[], [one]]);
  });

  it("is answered with nothing in each part", () => {
    const bed = new NeutronBed();
    const infos = new SecurityGroupInfos(bed.database, bed.serverEnv);
    expect(toJson(infos.of([]))).toEqual({ devices: {}, security_groups: {}, sg_member_ips: {} });
  });
});

describe("filters", () => {
  it("are refreshed in the same look by news that comes while new ports are asked about", () => {
    const bed = new NeutronBed();
    const { firewall, asked } = firewallOn(bed);
    const one = port(bed);
    bed.forget();
    function* both(): Op<void> {
      bed.kernel.spawn(
        (function* (): Op<void> {
          firewall.providerUpdated();
        })(),
        { name: "news", actor: "c9", daemon: false },
      );
      yield* firewall.setup([one], []);
    }
    bed.run(both());
    expect(asked()).toEqual([[], [one], [one]]);
    expect(firewall.refreshNeeded).toBe(false);
  });

  it("are not begun by a refresh of a port that was not asked about when it came", () => {
    const bed = new NeutronBed();
    const { firewall, asked } = firewallOn(bed);
    const [one, two] = [port(bed), port(bed)];
    bed.run(firewall.setup([one], []));
    bed.run(firewall.setup([], [two]));
    bed.forget();
    firewall.providerUpdated();
    bed.run(firewall.setup([], []));
    expect(asked()).toEqual([[one]]);
  });

  it("stay out of date if asking about new ports fails", () => {
    const bed = new NeutronBed();
    const { firewall } = firewallOn(bed);
    const [one, two] = [port(bed), port(bed)];
    bed.run(firewall.setup([one], []));
    firewall.providerUpdated();
    bed.crash(bed.server, bed.serverEnv);
    expect(() => {
      bed.run(firewall.setup([two], []));
    }).toThrow("Timed out waiting for a reply");
    expect(firewall.refreshNeeded).toBe(true);
  });
});
