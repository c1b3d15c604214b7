/**
 * `nova live-migration`: a running server goes to another host and is never off; what is asked before,
 * and what becomes of it when it does not get there.
 */
import { describe, expect, it } from "vitest";
import { WholeCloud } from "./bed.js";

describe("nova live-migration", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.boot();
  const { id } = whole.server;
  const go = (rest = "") => whole.type(`nova live-migration ${rest} ${id}`, "admin");
  const to = (host: string, rest = "") =>
    whole.type(`nova live-migration ${rest} ${id} ${host}`, "admin");

  it("is refused where hosts share no storage, and the task is over (NOV-254, NOV-257)", () => {
    whole.mark();
    expect(go().stderr).toContain(
      "ERROR (BadRequest): compute-1 is not on shared storage: Live migration can not be used without shared storage. (HTTP 400)",
    );
    expect(whole.states()).toEqual(["active/migrating", "active/-"]);
    expect(whole.notifications()).toContain("compute_task.migrate_server");
  });

  it("is refused to the host that it is on, and to one that is not there (NOV-254)", () => {
    expect(to("compute-1", "--block-migrate").stderr).toContain(
      `Unable to migrate instance (${id}) to current host (compute-1). (HTTP 400)`,
    );
    expect(to("compute-9", "--block-migrate").stderr).toContain(
      "Compute service of compute-9 is unavailable at this time. (HTTP 400)",
    );
    expect(whole.type(`nova live-migration ${id}`).stderr).toContain("(HTTP 403)");
  });

  it("takes its disk along, and it runs all the time (NOV-258 to NOV-262)", () => {
    whole.mark();
    expect(go("--block-migrate")).toMatchObject({ exit: 0, stdout: "" });
    whole.rest();
    expect(whole.states()).toEqual(["active/migrating", "active/-"]);
    expect(whole.server.host).toBe("compute-2");
    expect(whole.cloud.guest("t3")).toBeDefined();
    expect(whole.notifications().filter((type) => type.includes("live"))).toEqual(
      [
        "compute.instance.live_migration.pre.start",
        "compute.instance.live_migration.pre.end",
        "compute.instance.live_migration._post.start",
        "compute.instance.live_migration.post.dest.start",
        "compute.instance.live_migration.post.dest.end",
        "compute.instance.live_migration._post.end",
      ].sort((a, b) => whole.notifications().indexOf(a) - whole.notifications().indexOf(b)),
    );
    const sent = whole
      .texts()
      .filter((text) => /^nova-(conductor|compute\S*) -> nova-compute/.test(text));
    expect(sent).toEqual([
      "nova-conductor -> nova-compute@compute-2 call check_can_live_migrate_destination",
      "nova-compute@compute-2 -> nova-compute@compute-1 call check_can_live_migrate_source",
      "nova-conductor -> nova-compute@compute-1 cast live_migration",
      "nova-compute@compute-1 -> nova-compute@compute-2 call pre_live_migration",
      "nova-compute@compute-1 -> nova-compute@compute-2 cast post_live_migration_at_destination",
    ]);
    expect(whole.ports().map((port) => port.split(" ")[0])).toEqual(["compute-2"]);
  });

  it("leaves no action and no event in its history (NOV-253)", () => {
    const rows = [...whole.rows("instance_actions").values()];
    expect(rows.map(({ action }) => action)).toEqual(["create"]);
  });

  it("stays where it is if the hypervisor fails, and the other host forgets it (NOV-261)", () => {
    whole.mark();
    whole.cloud.inject({ driver: "live_migration", host: "compute-2", error: "connection lost" });
    go("--block-migrate");
    whole.rest();
    expect(whole.states()).toEqual(["active/migrating", "active/-"]);
    expect(whole.server.host).toBe("compute-2");
    expect(whole.notifications().filter((type) => type.includes("rollback"))).toEqual([
      "compute.instance.live_migration._rollback.start",
      "compute.instance.live_migration._rollback.end",
      "compute.instance.live_migration.rollback.dest.start",
      "compute.instance.live_migration.rollback.dest.end",
    ]);
    expect(whole.cloud.guest("t3")).toBeDefined();
  });
});
