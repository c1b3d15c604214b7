/**
 * A host dies, and its servers are made anew on another one; what is refused, and what becomes of the
 * guests that are still there when the dead host comes back.
 */
import { describe, expect, it } from "vitest";
import { WholeCloud } from "./bed.js";

describe("nova evacuate", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.boot();
  const { id } = whole.server;
  const evacuate = (rest = "") => whole.type(`nova evacuate ${id}${rest}`, "admin");

  it("is refused while the host is up, and to whoever is no administrator (NOV-373)", () => {
    expect(evacuate().stderr).toContain(
      "ERROR (BadRequest): Compute service of compute-1 is still in use. (HTTP 400)",
    );
    expect(whole.type(`nova evacuate ${id}`).stderr).toContain("(HTTP 403)");
    expect(whole.state).toBe("active/-");
  });

  it("is refused to a host that is not there, or is the one that it is on (NOV-373)", () => {
    expect(evacuate(" compute-9").stderr).toContain("Compute host compute-9 not found. (HTTP 404)");
    expect(evacuate(" compute-1").stderr).toContain(
      "The target host can't be the same one. (HTTP 400)",
    );
    expect(evacuate(" --on-shared-storage --password x").stderr).toContain(
      "admin password can't be changed on existing disk (HTTP 400)",
    );
  });

  it("looks for the host before it looks for the server (contrib/evacuate.py:78)", () => {
    const ask = (host: string) =>
      whole.http("admin", "POST", "8774/v2/{tenant}/servers/moon/action", {
        evacuate: { host, onSharedStorage: "False" },
      }).body;
    expect(ask("compute-9")).toMatchObject({
      itemNotFound: { message: "Compute host compute-9 not found." },
    });
    expect(ask("compute-2")).toMatchObject({
      itemNotFound: { message: "Instance moon could not be found." },
    });
  });

  it("makes it anew of its image on another host, and prints its password (NOV-234 to NOV-238)", () => {
    // Until its host has looked at its network once more, it is taken not to be plugged.
    whole.pass(130);
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(70);
    whole.mark();
    const { stdout } = evacuate();
    expect(stdout).toMatch(/\| adminPass \| \w{12} \|/);
    whole.rest();
    expect(whole.states()).toEqual([
      "active/rebuilding",
      "active/rebuild_block_device_mapping",
      "active/rebuild_spawning",
      "active/-",
    ]);
    expect(whole.server.host).toBe("compute-2");
    expect(whole.notifications()).toEqual([
      "scheduler.select_destinations.start",
      "scheduler.select_destinations.end",
      "compute.instance.exists",
      "compute.instance.rebuild.start",
      "compute.instance.rebuild.end",
    ]);
    expect(whole.events().slice(1)).toEqual([
      "rebuild_server Success",
      "compute_rebuild_instance Success",
    ]);
  });

  it("leaves its port bound to the host that is dead (nova §3.5)", () => {
    expect(whole.ports().map((port) => port.split(" ")[0])).toEqual(["compute-1"]);
  });

  it("has its old guest destroyed when the host is back (nova §3.6)", () => {
    whole.mark();
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(whole.type("nova hypervisor-servers compute-1", "admin").stdout).not.toContain(id);
    expect(whole.cloud.guest("t3")).toBeDefined();
  });
});

describe("an evacuation that says what is not so", () => {
  it("ends in error, on the dead host: there is no shared storage (NOV-236)", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.boot();
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(70);
    whole.mark();
    whole.type(`nova host-evacuate compute-1 --on-shared-storage --target_host compute-2`, "admin");
    whole.rest();
    expect(whole.state).toBe("error/-");
    expect(whole.server.host).toBe("compute-1");
    expect(whole.faults()).toEqual(["500 Invalid state of instance files on shared storage"]);
  });
});

describe("an evacuation for which there is no host", () => {
  it("leaves the server as it was, with a fault (NOV-235)", () => {
    const whole = new WholeCloud({ computes: 1 });
    whole.boot();
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(70);
    whole.mark();
    const { stdout } = whole.type("nova host-evacuate compute-1", "admin");
    expect(stdout).toContain("| True              |               |");
    whole.rest();
    expect(whole.states()).toEqual(["active/rebuilding", "active/-"]);
    expect(whole.notifications()).toEqual([
      "scheduler.select_destinations.start",
      "compute_task.rebuild_server",
    ]);
    expect(whole.events().slice(1)).toEqual(["rebuild_server Error"]);
  });
});
