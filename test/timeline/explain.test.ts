/** Why a server is in its state, told from a recording alone. */
import { describe, expect, it } from "vitest";
import { Cloud, explainServer, readTimeline } from "../../src/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros";

describe("an explanation of a server", () => {
  it("begins with who wrote its state, and goes back to what its user asked for", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.user("demo").command(BOOT);
    cloud.settle();
    const [headline, ...lines] = cloud.explain("t1");
    const id = cloud.id("server", "t1") ?? "";
    expect(headline).toMatch(
      new RegExp(
        `^server t1 \\(${id}\\) is active since .*: building/spawning → active, written by nova-conductor`,
      ),
    );
    expect(lines[0]).toBe("what led to it:");
    expect(
      lines.some((line) => /nova-client@demo -> nova-api@controller POST .* 202$/.test(line)),
    ).toBe(true);
    expect(lines.some((line) => line.includes("cast build_and_run_instance"))).toBe(true);
    expect(lines).not.toContain("what went wrong on the way:");
  });

  it("has each host that was refused, where none was found and everything is recorded", () => {
    const cloud = new Cloud({
      seed: 1,
      detail: "full",
      computes: [{ name: "compute-1", memory_mb: 1024 }],
    });
    cloud.user("demo").command("nova boot t1 --flavor m1.large --image cirros");
    cloud.settle();
    const lines = cloud.explain("t1");
    expect(lines[0]).toMatch(/ is error since /);
    expect(lines.some((line) => line.includes("compute-1 fails RamFilter"))).toBe(true);
    expect(lines.some((line) => line.includes("No valid host was found"))).toBe(true);
  });

  it("says what was lost, where a server stays as it is for ever", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ drop: { method: "build_and_run_instance" } });
    cloud.user("demo").command(BOOT);
    cloud.settle();
    const lines = cloud.explain("t1");
    expect(lines[0]).toMatch(
      / is building\/scheduling since .*; something is being done with it, or was given up$/,
    );
    expect(lines.some((line) => line.includes("cast build_and_run_instance was lost"))).toBe(true);
  });

  it("is there for a server of which a recording keeps only the size of a column", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.user("demo").command(BOOT);
    cloud.settle();
    const row = '"user_data":{"$folded":{"bytes":2000,"digest":"0"}},"display_name":[null,"t1"]';
    const text = cloud.timeline.lines.join("\n").replace('"display_name":[null,"t1"]', row);
    expect(text).toContain(row);
    expect(explainServer(readTimeline(text), "t1")).toEqual(cloud.explain("t1"));
  });

  it("says what nobody has taken or answered yet", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.stop("nova-compute@compute-1");
    cloud.user("demo").command(BOOT);
    cloud.advance("10s");
    const lines = cloud.explain("t1");
    const [, open = ""] = lines.join("\n").split("what has had no answer:\n");
    expect(open).toContain("build_and_run_instance");
  });

  it("is the same from a file", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.user("demo").command(BOOT);
    cloud.settle();
    const read = readTimeline(cloud.timeline.lines.join("\n"));
    expect(explainServer(read, "t1")).toEqual(cloud.explain("t1"));
  });

  it("of a server that there is not says so", () => {
    const cloud = new Cloud({ seed: 1 });
    expect(cloud.explain("nobody")).toEqual(['the recording has no server "nobody"']);
  });
});
