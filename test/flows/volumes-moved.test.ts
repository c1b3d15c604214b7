/**
 * The volumes of a server that goes to another host: the host that it leaves is disconnected and the one that it comes to
 * connected, and to Cinder they are attached all the time. Upstream: nova/compute/manager.py (resize_instance, finish_resize,
 * revert_resize, finish_revert_resize, pre_live_migration, _post_live_migration) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { WholeCloud } from "./bed.js";

interface Asked {
  readonly connector?: { readonly host: string };
}

/** What hosts have said to Cinder since the mark: `compute-1 terminate_connection`; who connects is who asks. */
const said = (whole: WholeCloud): string[] =>
  whole.recent.flatMap((each) => {
    if (each.kind !== "rest.request" || !/^\/v\d\/\w+\/volumes\/.*\/action$/.test(each.path))
      return [];
    const body = each.body as Readonly<Record<string, Asked | null>>;
    const [action = ""] = Object.keys(body);
    const connector = body[action]?.connector;
    const asker = each.from.split("@")[1] ?? "";
    const of = connector === undefined || connector.host === asker ? "" : ` of ${connector.host}`;
    return [`${asker} ${action.replace("os-", "")}${of}`];
  });

const moved = (from: string, to: string): string[] => [
  `${from} terminate_connection`,
  `${to} initialize_connection`,
];

const attached = (whole: WholeCloud): string =>
  /in-use|available|error|attaching|detaching/.exec(whole.type("nova volume-list").stdout)?.[0] ??
  "";

/** Whose portal and password the server's row has: they are new with each connection. */
const connections = (whole: WholeCloud): unknown[] =>
  [...whole.rows("block_device_mapping").values()]
    .filter(({ volume_id }) => typeof volume_id === "string")
    .map(({ connection_info }) => connection_info);

describe("a server with a volume", () => {
  // Nobody waits for Neutron's word, which would not come for a server that is sent back (LP 1450624).
  const whole = new WholeCloud({
    computes: 2,
    services: ["cinder"],
    flags: { vif_plugging_timeout: 0 },
  });
  whole.type("nova volume-create 1 --display-name data");
  whole.boot();
  whole.type("nova volume-attach t3 {{volume data}} auto");
  whole.rest();
  const does = (line: string, user = "demo"): string[] => {
    whole.mark();
    expect(whole.type(line, user).stderr).toBe("");
    whole.rest();
    expect(attached(whole)).toBe("in-use");
    return said(whole);
  };

  it("that is resized is connected from where it comes to, once it has left", () => {
    const before = connections(whole);
    expect(does("nova resize t3 m1.tiny")).toEqual(moved("compute-1", "compute-2"));
    expect(whole.state).toBe("resized/-");
    const after = connections(whole);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  it("that is sent back is connected from where it came", () => {
    expect(does("nova resize-revert t3")).toEqual(moved("compute-2", "compute-1"));
    expect(whole.server.host).toBe("compute-1");
  });

  it("whose resize is confirmed says nothing to Cinder any more", () => {
    does("nova resize t3 m1.tiny");
    expect(does("nova resize-confirm t3")).toEqual([]);
    expect(whole.state).toBe("active/-");
  });

  it("that is moved running is connected from both hosts for a while", () => {
    const { id } = whole.server;
    expect(does(`nova live-migration --block-migrate ${id}`, "admin")).toEqual([
      "compute-1 initialize_connection",
      "compute-2 terminate_connection",
    ]);
    expect(whole.server.host).toBe("compute-1");
  });

  it("lets go of it on the host on which it is then", () => {
    whole.mark();
    whole.type("nova volume-detach t3 {{volume data}}");
    whole.rest();
    expect(said(whole)).toEqual([
      "controller begin_detaching",
      "compute-1 terminate_connection",
      "compute-1 detach",
    ]);
    expect(attached(whole)).toBe("available");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.cloud.leftovers()).toEqual([]);
  });
});

describe("a server on a volume alone", () => {
  const whole = new WholeCloud({ computes: 2, services: ["cinder"] });
  whole.type("nova volume-create 1 --display-name root --image-id {{image cirros}}");
  whole.rest();
  whole.boot("nova boot t3 --flavor m1.nano --nic net-id=private --boot-volume {{volume root}}");
  const { id } = whole.server;

  it("has no disk that would have to be taken along (_is_shared_block_storage)", () => {
    expect(whole.type(`nova live-migration --block-migrate ${id}`, "admin").stderr).toContain(
      "compute-1 is not on local storage: Block migration can not be used with shared storage. (HTTP 400)",
    );
    whole.mark();
    expect(whole.type(`nova live-migration ${id}`, "admin").stderr).toBe("");
    whole.rest();
    expect([whole.server.host, whole.state]).toEqual(["compute-2", "active/-"]);
    expect(said(whole)).toEqual([
      "compute-2 initialize_connection",
      "compute-1 terminate_connection",
    ]);
  });

  it("that does not get there leaves its tap there: nobody says what is shared, and it is not cleaned up", () => {
    whole.mark();
    whole.cloud.inject({ driver: "live_migration", host: "compute-2", error: "connection lost" });
    whole.type(`nova live-migration ${id}`, "admin");
    whole.rest();
    expect([whole.server.host, whole.state]).toEqual(["compute-2", "active/-"]);
    expect(said(whole)).toEqual([
      "compute-1 initialize_connection",
      "compute-1 terminate_connection",
    ]);
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.cloud.leftovers()).toEqual([
      expect.stringMatching(/^tap of a port on compute-1: there is no port/u),
    ]);
  });
});
