/**
 * Messages to a host, and to the conductor, that no request of a user leads to: other programs send them, or a host to another one.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { toJson, type JsonObject } from "../../../src/python/index.js";
import { conductorApi } from "../../../src/services/nova/conductor/rpcapi.js";
import { primitive } from "../../../src/services/nova/objects/wire/primitive.js";
import { ComputeBed } from "./compute/bed.js";
import { uuid } from "./bed.js";

function served(flags = {}) {
  const bed = new ComputeBed({ periodic_fuzzy_delay: 0, ...flags });
  const host = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  const c1 = bed.compute.prepare({ server: "c1" });
  const conductor = bed.client(conductorApi);
  return { bed, host, c1, conductor };
}

describe("a host answers", () => {
  const { bed, c1 } = served();

  it("under which topic its consoles are looked after (nova/compute/manager.py:1162, 2014.2)", () => {
    expect(bed.run(c1.get_console_topic(bed.ctxt, {}))).toBe("console.c1");
  });

  it("how to log in to them (nova/virt/libvirt/driver.py:4899, 2014.2)", () => {
    expect(bed.run(c1.get_console_pool_info(bed.ctxt, { console_type: "xvp" }))).toEqual({
      address: "127.0.0.1",
      username: "fakeuser",
      password: "fakepassword",
    });
  });

  it("with what it counts of a guest, part by part (nova/virt/libvirt/driver.py:6149, 2014.2)", () => {
    const instance = bed.reload();
    const answer = bed.run(c1.get_instance_diagnostics(bed.ctxt, { instance }));
    expect(answer).toMatchObject({
      version: "1.0",
      state: "running",
      driver: "libvirt",
      hypervisor_os: "linux",
      config_drive: false,
      cpu_details: [{ time: expect.any(Number) as number }],
      disk_details: [{ id: "", errors_count: 0 }],
      // 512 MB: KiB divided as if they were bytes.
      memory_details: { maximum: 0, used: 0 },
    });
  });

  it("nothing to whoever says that rules have changed, which change nothing here (nova/compute/manager.py:1174)", () => {
    const instance = toJson(primitive(bed.reload())) as JsonObject;
    bed.run(c1.refresh_provider_fw_rules(bed.ctxt, {}));
    bed.run(c1.refresh_security_group_rules(bed.ctxt, { security_group_id: 1 }));
    bed.run(c1.refresh_security_group_members(bed.ctxt, { security_group_id: 1 }));
    bed.forget();
    bed.run(c1.refresh_instance_security_rules(bed.ctxt, { instance }));
    bed.wait(seconds(1));
    expect(bed.logs()).toEqual([]);
  });

  it("that it sees no file which it has not made (nova/virt/libvirt/driver.py:4950, 2014.2)", () => {
    const data = { filename: "/var/lib/nova/instances/x/tmpABCDEF" };
    const instance = bed.reload();
    expect(bed.run(c1.check_instance_shared_storage(bed.ctxt, { instance, data }))).toBe(false);
  });
});

describe("the fake driver", () => {
  it("has the figures of upstream's (nova/virt/fake.py:299, 2014.2)", () => {
    const { bed, c1 } = served({ compute_driver: "fake.FakeDriver" });
    const answer = bed.run(c1.get_instance_diagnostics(bed.ctxt, { instance: bed.reload() }));
    expect(answer).toMatchObject({
      driver: "fake",
      uptime: 46_664,
      nic_details: [{ mac_address: "01:23:45:67:89:ab", rx_drop: 0 }],
      disk_details: [{ id: "fake-disk-id" }],
    });
  });
});

describe("a host that comes back after its server was evacuated (nova/compute/manager.py:728-796, 2014.2)", () => {
  function evacuated(files: { shared: boolean }) {
    const { bed, host } = served();
    bed.startCompute("c2");
    if (files.shared) Object.assign(bed.files, { shared: true });
    bed.crash(host.process, host.env);
    bed.db.instances.update(uuid(1), { host: "c2", node: "c2" });
    bed.forget();
    bed.startCompute("c1", host);
    bed.wait(seconds(20));
    const asked = bed
      .of<{ kind: string; method: string; args: JsonObject; from: string }>("rpc.call")
      .filter(({ method }) => method === "check_instance_shared_storage");
    const { metadata } = bed.db.instance_system_metadata.get(uuid(1))!;
    return { bed, host, asked, metadata };
  }

  it("asks the other host for a file of its own, and deletes the files that only it has", () => {
    const { bed, host, asked, metadata } = evacuated({ shared: false });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.args["data"]).toEqual({
      filename: expect.stringMatching(
        /^\/var\/lib\/nova\/instances\/[-0-9a-f]{36}\/tmp[a-zA-Z0-9_]{6}$/u,
      ) as string,
    });
    expect(host.hypervisor.guest(uuid(1))).toBeUndefined();
    expect(metadata["clean_attempts"]).toBe("1");
    expect(bed.logs()).toContain(
      "info: Deleting instance as its host (c2) is not equal to our host (c1).",
    );
  });

  it("leaves files alone that the other host sees as well", () => {
    const { host, metadata } = evacuated({ shared: true });
    expect(host.hypervisor.guest(uuid(1))).toBeUndefined();
    expect(metadata["clean_attempts"]).toBeUndefined();
  });
});

describe("the conductor", () => {
  const { bed, conductor } = served();

  it("keeps what a card has carried in a period, and tells it to whoever bills (nova/conductor/manager.py:240, 2014.2)", () => {
    const period = {
      uuid: uuid(1),
      mac: "fa:16:3e:00:00:01",
      start_period: "2014-08-01T00:00:00Z",
    };
    const nothing = { bw_in: null, bw_out: null, last_ctr_in: null, last_ctr_out: null };
    const more = { last_refreshed: null, update_cells: true };
    const tell = (counts: Partial<Record<keyof typeof nothing, number>>) =>
      bed.run(conductor.bw_usage_update(bed.ctxt, { ...period, ...nothing, ...counts, ...more }));
    expect(tell({})).toBeNull();
    expect(tell({ bw_in: 1, bw_out: 2 })).toMatchObject({ bw_in: 1, bw_out: 2 });
    expect(tell({ bw_in: 5 })).toMatchObject({ bw_in: 5, bw_out: null });
    expect(tell({})).toMatchObject({ bw_in: 5, start_period: "2014-08-01 00:00:00" });
    const vif = { address: period.mac, network: { label: "private", subnets: [] } };
    bed.db.instance_info_caches.update(uuid(1), { network_info: [vif] });
    bed.forget();
    bed.run(
      conductor.notify_usage_exists(bed.ctxt, {
        instance: primitive(bed.reload()),
        current_period: false,
        ignore_missing_network_data: false,
        system_metadata: null,
        extra_usage_info: null,
      }),
    );
    const [told] = bed.of<{ kind: string; payload: JsonObject }>("notification");
    expect(told?.payload["bandwidth"]).toEqual({ private: { bw_in: 5, bw_out: null } });
  });

  it("lists the servers of a host, or of one of its nodes (nova/conductor/manager.py:142, 2014.2)", () => {
    const ask = (host: string, node: string | null) =>
      bed
        .run(conductor.instance_get_all_by_host(bed.ctxt, { host, node, columns_to_join: null }))
        .map((row) => row["uuid"]);
    expect(ask("c1", null)).toEqual([uuid(1)]);
    expect(ask("c1", "c1")).toEqual([uuid(1)]);
    expect(ask("c1", "other")).toEqual([]);
    expect(ask("c2", null)).toEqual([]);
  });

  it("knows no rules of the provider's, and nothing of groups that Neutron has", () => {
    expect(bed.run(conductor.provider_fw_rule_get_all(bed.ctxt, {}))).toEqual([]);
    const event = { event: "security_group_rule_create", args: [[1]] };
    expect(bed.run(conductor.security_groups_trigger_handler(bed.ctxt, event))).toBeNull();
    const groups = { group_ids: [1] };
    expect(bed.run(conductor.security_groups_trigger_members_refresh(bed.ctxt, groups))).toBeNull();
  });

  it("lists what was read of volumes since (nova/db/sqlalchemy/api.py:4957, 2014.2)", () => {
    expect(
      bed.run(conductor.vol_get_usage_by_time(bed.ctxt, { start_time: "2014-01-01T00:00:00Z" })),
    ).toEqual([]);
  });

  it("takes a node off its books", () => {
    const [node] = bed.db.compute_nodes.find();
    expect(
      bed.run(conductor.compute_node_delete(bed.ctxt, { node: { id: node?.id ?? 0 } })),
    ).toBeNull();
    expect(bed.db.compute_nodes.find()).toEqual([]);
  });
});
