/** nova-network: addresses for instances, and floating ones by cast to one host (transcripts §T4). */
import { beforeEach, describe, expect, it } from "vitest";
import { RemoteError } from "../../../../src/bus/index.js";
import { LooseRpc } from "../../../../src/vintage/index.js";
import {
  RequestContext,
  contextSerializer,
  type FlagValues,
  type Row,
} from "../../../../src/framework/index.js";
import { Exception, type Json } from "../../../../src/python/index.js";
import type { FloatingIpRow } from "../../../../src/services/nova/db/schema.js";
import { seedFloatingPool, seedNovaNetwork } from "../../../../src/services/nova/db/seed.js";
import { novaNetwork } from "../../../../src/services/nova/network/index.js";
import type { NetworkInfo } from "../../../../src/services/nova/network-api/model.js";
import { NovaBed } from "../bed.js";

const FLAT = { network_manager: "nova.network.manager.FlatDHCPManager" };

let bed: NovaBed;
let rpc: LooseRpc<RequestContext>;
let ctxt: RequestContext;

/** nova-network on net-1 and net-2, one network, six floating addresses, and somebody on the bus. */
function build(flags: FlagValues = FLAT, vlans: readonly (number | null)[] = [null]): void {
  bed = new NovaBed(flags);
  vlans.forEach((vlan, at) => {
    seedNovaNetwork(bed.db, { label: `net${at}`, cidr: `10.0.${at}.0/29`, vlan });
  });
  seedFloatingPool(bed.db, "172.24.4.0/29");
  for (const host of ["net-1", "net-2"]) {
    bed.start(novaNetwork(bed.nova("nova-network", host), bed.db));
  }
  rpc = new LooseRpc(bed.nova("nova-api").bus, contextSerializer);
  ctxt = new RequestContext({ request_id: "req-1", project_id: "demo", user_id: "alice" });
  bed.forget();
}

beforeEach(() => {
  build();
});

const call = (topic: string, method: string, args = {}, version = "1.9"): Json =>
  bed.run(rpc.call(ctxt, topic, { method, args, version }));

function cast(topic: string, method: string, args: object): void {
  bed.run(rpc.cast(ctxt, topic, { method, args }));
  bed.kernel.settle();
}

function failure(topic: string, method: string, args: object): string {
  try {
    call(topic, method, args);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return error instanceof RemoteError ? error.exc_type : error.name;
  }
  throw new Error("it did not fail");
}

const allocate = (instance_id: string, project_id = "demo", host = "net-1"): NetworkInfo =>
  call(`network.${host}`, "allocate_for_instance", {
    ...{ instance_id, project_id },
    host: "compute-1",
  }) as unknown as NetworkInfo;

const fixedAddresses = (info: NetworkInfo): (string | null)[] =>
  info.flatMap(({ network }) =>
    network.subnets.flatMap(({ ips }) => ips.map(({ address }) => address)),
  );

const floating = (address: string): Row<FloatingIpRow> =>
  bed.db.floating_ips.first({ address }) as Row<FloatingIpRow>;

/** A fixed and a floating address of project demo; net-1 looks after the network. */
function addresses(): { floating_address: string; fixed_address: string } {
  bed.db.networks.update(1, { host: "net-1" });
  const [fixed] = fixedAddresses(allocate("i-1"));
  const floating_address = call("network", "allocate_floating_ip", {
    project_id: "demo",
  }) as string;
  return { floating_address, fixed_address: fixed ?? "" };
}

/** What was carried out, as `host: message`. */
const acts = (): string[] =>
  bed
    .of<{ kind: "log"; actor: string; level: string; message: string }>("log")
    .filter(({ level }) => level === "debug")
    .map(({ actor, message }) => `${actor.replace(/.*@/, "")}: ${message}`);

const errors = (): string[] =>
  bed
    .of<{ kind: "log"; actor: string; level: string; message: string }>("log")
    .filter(({ level }) => level === "error")
    .map(({ message }) => message);

describe("rpc.cast to network.<host>, as in 2011 (T4)", () => {
  it("associates a floating address on that host, and nobody answers (RPC-02)", () => {
    const both = addresses();
    bed.forget();
    cast(rpc.queue_get_for(ctxt, "network", "net-1"), "associate_floating_ip", both);
    expect(floating(both.floating_address)).toMatchObject({ host: "net-1", fixed_ip_id: 1 });
    expect(acts()).toEqual(["net-1: 172.24.4.1 is bound to eth0 and translated to 10.0.0.2"]);
    expect(bed.of("rpc.reply")).toEqual([]);
    expect(bed.of<{ kind: "rpc.delivered"; to: string }>("rpc.delivered")).toMatchObject([
      { to: "nova-network@net-1", queue: "network.net-1" },
    ]);
  });

  it("takes a message without a version, as there were none in 2011 (A6)", () => {
    const both = addresses();
    cast("network.net-1", "associate_floating_ip", both);
    expect(floating(both.floating_address).fixed_ip_id).not.toBeNull();
  });

  it("is passed on by a call when another host looks after the network", () => {
    const both = addresses();
    bed.forget();
    cast("network.net-2", "associate_floating_ip", both);
    expect(floating(both.floating_address).host).toBe("net-1");
    expect(
      bed.of<{ kind: "rpc.call"; method: string; server: string; version: string }>("rpc.call"),
    ).toMatchObject([{ method: "_associate_floating_ip", server: "net-1", version: "1.6" }]);
  });

  it("is lost when no nova-network ever ran on the host (RPC-04)", () => {
    const both = addresses();
    cast("network.net-9", "associate_floating_ip", both);
    expect(bed.of("rpc.lost")).toHaveLength(1);
    expect(floating(both.floating_address).fixed_ip_id).toBeNull();
  });

  it("waits in the queue of a host that is down for now (RPC-05)", () => {
    const both = addresses();
    const env = bed.nova("nova-network", "net-3");
    bed.db.networks.update(1, { host: "net-3" });
    bed.crash(bed.start(novaNetwork(env, bed.db)), env);
    cast("network.net-3", "associate_floating_ip", both);
    expect(floating(both.floating_address).fixed_ip_id).toBeNull();
    bed.start(novaNetwork(bed.nova("nova-network", "net-3"), bed.db));
    bed.kernel.settle();
    expect(floating(both.floating_address)).toMatchObject({ host: "net-3", fixed_ip_id: 1 });
  });

  it("fails where it runs: a log line there, and nothing at the sender (RPC-37)", () => {
    const args = { floating_address: "1.1.1.1", fixed_address: "10.0.0.2" };
    cast("network.net-1", "associate_floating_ip", args);
    expect(errors()).toEqual([
      "Exception during message handling of associate_floating_ip: " +
        "FloatingIpNotFoundForAddress: Floating ip not found for address 1.1.1.1.",
    ]);
    expect(failure("network.net-1", "associate_floating_ip", args)).toBe(
      "FloatingIpNotFoundForAddress_Remote",
    );
  });
});

describe("floating addresses", () => {
  it("belong to a project from the pool, in order, until there are none", () => {
    build({ ...FLAT, quota_floating_ips: -1 });
    const got = Array.from({ length: 6 }, () =>
      call("network", "allocate_floating_ip", { project_id: "demo" }),
    );
    expect(got).toEqual([1, 2, 3, 4, 5, 6].map((n) => `172.24.4.${n}`));
    const args = { project_id: "demo" };
    expect(failure("network", "allocate_floating_ip", args)).toBe("NoMoreFloatingIps_Remote");
  });

  it("count against the quota, and no longer once they are given back", () => {
    build({ ...FLAT, quota_floating_ips: 1 });
    const args = { project_id: "demo" };
    const address = call("network", "allocate_floating_ip", args);
    expect(failure("network", "allocate_floating_ip", args)).toBe("FloatingIpLimitExceeded_Remote");
    call("network", "deallocate_floating_ip", { address });
    expect(call("network", "allocate_floating_ip", args)).toBe(address);
  });

  it("lead to one place at a time; who had it before is told to the caller", () => {
    const both = addresses();
    call("network.net-1", "associate_floating_ip", both);
    const [second = ""] = fixedAddresses(allocate("i-2"));
    const moved = { ...both, fixed_address: second };
    bed.forget();
    expect(call("network.net-1", "associate_floating_ip", moved)).toBe("i-1");
    expect(acts()).toEqual([
      "net-1: 172.24.4.1 leaves eth0 and is no longer translated to 10.0.0.2",
      "net-1: 172.24.4.1 is bound to eth0 and translated to 10.0.0.3",
    ]);
    expect(call("network.net-1", "associate_floating_ip", moved)).toBeNull();
  });

  it("cannot be given back while they lead somewhere, nor taken off twice", () => {
    const both = addresses();
    const address = both.floating_address;
    call("network.net-1", "associate_floating_ip", both);
    expect(failure("network", "deallocate_floating_ip", { address })).toBe(
      "FloatingIpAssociated_Remote",
    );
    expect(call("network.net-2", "disassociate_floating_ip", { address })).toBeNull();
    expect(floating(address)).toMatchObject({ fixed_ip_id: null, host: null });
    expect(failure("network", "disassociate_floating_ip", { address })).toBe(
      "FloatingIpNotAssociated_Remote",
    );
    call("network", "deallocate_floating_ip", { address });
    expect(floating(address).project_id).toBeNull();
  });

  it("are not for other projects to move; admins may", () => {
    const both = addresses();
    ctxt = new RequestContext({ request_id: "req-2", project_id: "other" });
    expect(failure("network.net-1", "associate_floating_ip", both)).toBe("Forbidden_Remote");
    ctxt = new RequestContext({ request_id: "req-3", project_id: "other", roles: ["admin"] });
    call("network.net-1", "associate_floating_ip", both);
    expect(floating(both.floating_address).fixed_ip_id).toBe(1);
  });

  it("are told to the world when they come, lead, and go", () => {
    build({ ...FLAT, notification_driver: ["messagingv2"] });
    const both = addresses();
    call("network.net-1", "associate_floating_ip", both);
    call("network.net-1", "disassociate_floating_ip", { address: both.floating_address });
    call("network.net-1", "deallocate_floating_ip", { address: both.floating_address });
    const told = bed.of<{ kind: "notification"; event_type: string; publisher_id: string }>(
      "notification",
    );
    expect(told.map(({ event_type }) => event_type.split(".").at(-1))).toEqual([
      ...["allocate", "associate", "disassociate", "deallocate"],
    ]);
    expect(told[1]?.publisher_id).toBe("network.net-1");
  });

  it("are assigned by themselves if the flag says so, and go with the instance", () => {
    build({ ...FLAT, auto_assign_floating_ip: true });
    bed.db.networks.update(1, { host: "net-1" });
    const [vif] = allocate("i-1");
    const given = vif?.network.subnets[0]?.ips[0]?.floating_ips[0]?.address ?? "";
    expect(floating(given)).toMatchObject({ auto_assigned: true, fixed_ip_id: 1 });
    // An address that came by itself is left alone by who asks for it by name.
    call("network.net-1", "disassociate_floating_ip", { address: given });
    expect(floating(given).fixed_ip_id).toBe(1);
    const args = { instance_id: "i-1", project_id: "demo", host: "compute-1" };
    call("network.net-1", "deallocate_for_instance", args);
    expect(floating(given)).toMatchObject({ project_id: null, fixed_ip_id: null });
  });

  it("are translated again by a host that comes back", () => {
    call("network.net-1", "associate_floating_ip", addresses());
    bed.forget();
    bed.start(novaNetwork(bed.nova("nova-network", "net-1"), bed.db));
    expect(acts()).toEqual([
      "net-1: bridge br100 is up, dnsmasq listens on 10.0.0.1",
      "net-1: 172.24.4.1 is bound to eth0 and translated to 10.0.0.2",
    ]);
  });
});

describe("fixed addresses", () => {
  it("come from the network's own host, which is found when there is none yet", () => {
    const info = allocate("i-1");
    expect(fixedAddresses(info)).toEqual(["10.0.0.2"]);
    expect(info[0]?.address).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/);
    const asked = bed
      .of<{ kind: "rpc.call"; method: string }>("rpc.call")
      .map(({ method }) => method);
    expect(asked).toEqual(["allocate_for_instance", "set_network_host"]);
    expect(bed.db.networks.get(1)?.host).toBe("net-1");
  });

  it("are asked of that host by whichever nova-network was asked", () => {
    bed.db.networks.update(1, { host: "net-2" });
    bed.forget();
    allocate("i-1");
    expect(
      bed.of<{ kind: "rpc.call"; method: string; server?: string }>("rpc.call").at(-1),
    ).toMatchObject({ method: "_rpc_allocate_fixed_ip", server: "net-2" });
  });

  it("run out, and are used again once they are given back", () => {
    const given = [1, 2, 3, 4, 5].flatMap((n) => fixedAddresses(allocate(`i-${n}`)));
    expect(given).toEqual([2, 3, 4, 5, 6].map((n) => `10.0.0.${n}`));
    const more = { instance_id: "i-6", project_id: "demo", host: "compute-1" };
    expect(failure("network", "allocate_for_instance", more)).toBe("NoMoreFixedIps_Remote");
    call("network", "deallocate_for_instance", { ...more, instance_id: "i-2" });
    expect(fixedAddresses(allocate("i-7"))).toEqual(["10.0.0.3"]);
  });

  it("are one in every flat network under FlatDHCPManager", () => {
    build(FLAT, [null, null, 100]);
    expect(fixedAddresses(allocate("i-1"))).toEqual(["10.0.0.2", "10.0.1.2"]);
  });

  it("are in the project's own network under VlanManager, which is the default", () => {
    build({}, [100, 101]);
    expect(fixedAddresses(allocate("i-1", "demo"))).toEqual(["10.0.0.2"]);
    expect(fixedAddresses(allocate("i-2", "other"))).toEqual(["10.0.1.2"]);
    expect(fixedAddresses(allocate("i-3", "demo"))).toEqual(["10.0.0.3"]);
    const third = { instance_id: "i-4", project_id: "third", host: "compute-1" };
    expect(failure("network", "allocate_for_instance", third)).toBe("NoMoreNetworks_Remote");
  });
});
