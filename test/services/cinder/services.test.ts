/**
 * Services, zones, pools, hosts and extensions: cinder/api/contrib/services.py, extended_services.py,
 * availability_zones.py, scheduler_stats.py, hosts.py, cinder/api/extensions.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { VolumeBed } from "./bed.js";

const admin = { as: "admin" } as const;
const BAD =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";

const put = (bed: VolumeBed, action: string, body: unknown) =>
  bed.cinder("PUT", `/os-services/${action}`, body, admin);

interface Listed {
  readonly services: readonly Record<string, unknown>[];
}

const listed = (bed: VolumeBed, query = ""): Listed["services"] =>
  (bed.cinder("GET", `/os-services${query}`, undefined, admin).body as unknown as Listed).services;

const VOLUME = { host: "controller", binary: "cinder-volume" };

describe("os-services", () => {
  it("lists each with its state, for administrators", () => {
    const bed = new VolumeBed();
    bed.wait(seconds(20));
    expect(listed(bed).map(({ binary, status, state }) => [binary, status, state])).toEqual([
      ["cinder-scheduler", "enabled", "up"],
      ["cinder-volume", "enabled", "up"],
    ]);
    expect(Object.keys(listed(bed)[0] ?? {})).toEqual([
      ...["binary", "host", "zone", "status", "state", "updated_at", "disabled_reason"],
    ]);
    expect(listed(bed, "?binary=cinder-volume")).toHaveLength(1);
    expect(listed(bed, "?service=cinder-volume&host=controller")).toHaveLength(1);
    expect(listed(bed, "?host=nowhere")).toHaveLength(0);
    expect(bed.refusal("GET", "/os-services")[0]).toBe(403);
  });

  it("gives a disabled service no new volumes", () => {
    const bed = new VolumeBed();
    expect(put(bed, "disable", VOLUME).body).toEqual({
      ...{ disabled: true, host: "controller", service: "", binary: "cinder-volume" },
      status: "disabled",
    });
    expect(bed.row(bed.made()).status).toBe("error");
    expect(put(bed, "enable", VOLUME).body).toMatchObject({
      ...{ disabled_reason: null, disabled: false, status: "enabled" },
    });
    expect(bed.row(bed.made()).status).toBe("available");
  });

  it("keeps the reason as it was written, until the service is enabled", () => {
    const bed = new VolumeBed();
    const disabled_reason = " broken ";
    expect(put(bed, "disable-log-reason", { ...VOLUME, disabled_reason }).body).toMatchObject({
      disabled_reason,
    });
    put(bed, "disable", VOLUME);
    expect(listed(bed, "?binary=cinder-volume")[0]).toMatchObject({
      disabled_reason,
      status: "disabled",
    });
    put(bed, "enable", VOLUME);
    expect(listed(bed, "?binary=cinder-volume")[0]).toMatchObject({ disabled_reason: null });
  });

  it("takes a change for a sign of life", () => {
    const bed = new VolumeBed();
    bed.kill("cinder-volume@controller");
    bed.wait(seconds(120));
    const state = () => listed(bed, "?binary=cinder-volume")[0]?.["state"];
    expect(state()).toBe("down");
    put(bed, "disable", VOLUME);
    expect(state()).toBe("up");
  });

  it.each([
    ["frob", VOLUME, 404, "Unknown action"],
    ["disable", {}, 400, BAD],
    ["disable", [], 400, BAD],
    ["disable", { host: "controller" }, 400, BAD],
    [
      "disable-log-reason",
      { ...VOLUME, disabled_reason: "  " },
      400,
      "Disabled reason contains invalid characters or is too long",
    ],
    [
      "disable-log-reason",
      { host: "controller", disabled_reason: "x".repeat(256) },
      400,
      "Disabled reason contains invalid characters or is too long",
    ],
    [
      "disable",
      { host: "nowhere", binary: "cinder-volume" },
      404,
      "HostBinaryNotFound: Could not find binary cinder-volume on host nowhere.",
    ],
  ])("%s of %j is refused", (action, body, status, message) => {
    const bed = new VolumeBed();
    const [code, , text] = bed.refusal("PUT", `/os-services/${action}`, body, admin);
    expect([code, text]).toEqual([status, message]);
  });
});

describe("where volumes can be", () => {
  it("has a zone that is there as long as one of its services is enabled, alive or not", () => {
    const bed = new VolumeBed();
    const zones = () => bed.cinder("GET", "/os-availability-zone").body;
    const one = (available: boolean) => ({
      availabilityZoneInfo: [{ zoneName: "nova", zoneState: { available } }],
    });
    bed.kill("cinder-volume@controller");
    bed.wait(seconds(120));
    expect(zones()).toEqual(one(true));
    put(bed, "disable", VOLUME);
    expect(zones()).toEqual(one(false));
  });

  it("has pools that a scheduler has seen, with whatever text in detail", () => {
    const bed = new VolumeBed();
    const pools = (query = "") =>
      bed.cinder("GET", `/scheduler-stats/get_pools${query}`, undefined, admin).body;
    expect(pools()).toEqual({ pools: [] });
    bed.made();
    expect(pools()).toEqual({ pools: [{ name: "controller#LVM_iSCSI" }] });
    expect(pools("?detail=false")).toMatchObject({
      pools: [{ name: "controller#LVM_iSCSI", capabilities: { storage_protocol: "iSCSI" } }],
    });
    expect(bed.refusal("GET", "/scheduler-stats/get_pools")[0]).toBe(403);
  });
});

describe("os-hosts", () => {
  it("lists hosts of enabled services and counts what is on one", () => {
    const bed = new VolumeBed();
    bed.made({ size: 2 });
    bed.wait(seconds(20));
    const { hosts } = bed.cinder("GET", "/os-hosts", undefined, admin).body as {
      hosts: readonly Record<string, unknown>[];
    };
    expect(
      hosts.map((host) => [host["host_name"], host["service"], host["service-status"]]),
    ).toEqual([
      ["controller", "cinder-scheduler", "available"],
      ["controller", "cinder-volume", "available"],
    ]);
    const none = { snapshot_count: "0", total_snapshot_gb: "0" };
    expect(bed.cinder("GET", "/os-hosts/controller", undefined, admin).body).toEqual({
      host: [
        // Nothing is on a host without its pool.
        {
          host: "controller",
          project: "(total)",
          volume_count: "0",
          total_volume_gb: "0",
          ...none,
        },
        {
          ...{ host: "controller", project: bed.project("demo"), volume_count: "1" },
          ...{ total_volume_gb: "2", ...none },
        },
      ].map((resource) => ({ resource })),
    });
  });

  it.each([
    ["GET", "nowhere", undefined, 404, "Host not found"],
    ["PUT", "nowhere", { status: "enable" }, 404, "Host 'nowhere' could not be found."],
    ["PUT", "controller", { status: "gone" }, 400, "Invalid status: 'gone'"],
    ["PUT", "controller", { power: "on" }, 400, "Invalid update setting: 'power'"],
    [
      "PUT",
      "controller",
      { status: "disable" },
      500,
      "The server has either erred or is incapable of performing the requested operation.",
    ],
  ])("%s %s %j is refused", (method, host, body, status, message) => {
    const bed = new VolumeBed();
    const [code, , text] = bed.refusal(method, `/os-hosts/${host}`, body, admin);
    expect([code, text]).toEqual([status, message]);
  });

  it("says to others three different things", () => {
    const bed = new VolumeBed();
    const said = (method: string, path: string, body?: unknown) =>
      bed.refusal(method, `/os-hosts${path}`, body)[2];
    expect(said("GET", "")).toBe("Policy doesn't allow volume_extension:hosts to be performed.");
    expect(said("GET", "/controller")).toBe("Describe-resource is admin only functionality");
    expect(said("PUT", "/controller", {})).toBe("User does not have admin privileges");
  });
});

describe("extensions", () => {
  it("are listed and shown by alias", () => {
    const bed = new VolumeBed();
    const { extensions } = bed.cinder("GET", "/extensions").body as {
      extensions: readonly Record<string, unknown>[];
    };
    const actions = {
      name: "VolumeActions",
      alias: "os-volume-actions",
      description: "Enable volume actions\n    ",
      namespace: "http://docs.openstack.org/volume/ext/volume-actions/api/v1.1",
      updated: "2012-05-31T00:00:00+00:00",
      links: [],
    };
    expect(extensions).toContainEqual(actions);
    expect(bed.cinder("GET", "/extensions/os-volume-actions").body).toEqual({ extension: actions });
    expect(bed.refusal("GET", "/extensions/__proto__")[0]).toBe(404);
  });
});
