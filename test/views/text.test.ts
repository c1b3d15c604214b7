/** What a person sees of a run at a terminal. */
import { describe, expect, it } from "vitest";
import { shipped } from "./model/shipped.js";
import { renderText, type Paint } from "../../src/views/index.js";
import { columns } from "../../src/text/width.js";
import { boot, Story } from "../timeline/fake-run.js";

const linesOf = (story: Story, options = {}): string[] =>
  renderText(story.timeline, options).split("\n");
const row = (lines: readonly string[], part: string): string =>
  lines.find((line) => line.includes(part)) ?? `no row with ${part}`;

describe("the text view", () => {
  it("tells a boot so that it can be followed", async () => {
    await expect(renderText(boot().timeline)).toMatchFileSnapshot("boot.txt");
  });

  it("fits in the width that it is given", () => {
    for (const width of [80, 100, 120]) {
      const long = linesOf(boot(), { width }).filter((line) => Array.from(line).length > width);
      expect(long).toEqual([]);
    }
  });

  it("keeps in sight what is said, before who says it to whom, also at 80 columns", () => {
    const story = new Story();
    const [from, to] = ["neutron-openvswitch-agent@c1", "nova-compute@compute-1000"] as const;
    story.rpc("rpc.call", [from, to], "security_group_info_for_devices");
    story.rpc("rpc.call", ["neutron-openvswitch-agent@c2", to], "get_devices_details_list");
    story.rest([from, to], ["GET", `/v2.0/${"x".repeat(90)}`], { status: 200 });
    const lines = linesOf(story, { width: 80 });
    expect(row(lines, "call secur")).toContain("call security_group_info_f");
    expect(row(lines, "call get")).toContain("call get_devices_details_list");
    expect(row(lines, "GET /v2.0")).toMatch(/GET \/v2\.0\/x+…\s+200/u);
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(80);
  });

  it("asks before a step and answers after it", () => {
    const story = new Story();
    const asked = { question: "Does anybody wait?", answer: "Nobody. It is a cast." };
    story.add({ kind: "step", index: 0, text: "rpc cast x y", note: "A cast.", ...asked });
    story.rpc("rpc.cast", ["a@c1", "b@c1"], "y");
    story.step("next");
    const lines = linesOf(story);
    const at = (part: string): number => lines.findIndex((line) => line.startsWith(part));
    const places = ["── 1 ──", " ? Does anybody wait?", "   A cast.", " = Nobody.", "── 2 ──"].map(
      at,
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(lines[(places[3] ?? 0) - 1]).toContain("cast y");
  });

  it("counts wide characters as what they take", () => {
    const story = new Story();
    story.rest(["日本語@日本", "nova-api@c1"], ["GET", `/${"語".repeat(60)}`], { status: 200 });
    const lines = linesOf(story, { width: 80 });
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(80);
    expect(columns(row(lines, "GET"))).toBe(80);
  });

  it("shows a mere note as text between the steps", () => {
    const story = new Story();
    story.step("", "Watch who answers first.");
    story.step("nova list");
    const lines = linesOf(story);
    expect(lines).toContain("   Watch who answers first.");
    expect(lines.filter((line) => line.startsWith("── "))).toHaveLength(2);
    expect(row(lines, "nova list")).toMatch(/^── 2 ── nova list ─/);
  });

  it("draws REST solid and RPC dashed, and says which in words", () => {
    const lines = linesOf(boot());
    expect(row(lines, "POST /v2.0/tokens")).toContain("nova-client ──> keystone");
    expect(row(lines, "cast build_instances")).toContain("nova-api ╌╌> nova-conductor");
    expect(row(lines, "call select_destinations")).toContain("nova-conductor ╌╌> nova-scheduler");
  });

  it("puts the answer on the row of the question", () => {
    const lines = linesOf(boot());
    expect(row(lines, "POST /v2.0/tokens")).toMatch(/200 1ms$/);
    expect(row(lines, "call select_destinations")).toMatch(/reply 2ms$/);
    expect(row(lines, "images/cirros")).toMatch(/404 1ms$/);
  });

  it("indents what follows from a message, and not what its sender does after the answer", () => {
    const story = new Story();
    const step = story.step("run: x");
    const done = story.rest(["nova-client", "nova-api@c1"], ["GET", "/a"], {
      status: 200,
      cause: step,
      inside: (sent) =>
        void story.rpc("rpc.call", ["nova-api@c1", "nova-conductor@c1"], "inner", { cause: sent }),
    });
    story.rest(["nova-client", "nova-api@c1"], ["GET", "/b"], { status: 200, cause: done });
    const starts = ["GET /a", "call inner", "GET /b"].map((part) =>
      row(linesOf(story), part).indexOf("nova-"),
    );
    expect(starts).toEqual([11, 13, 11]);
  });

  it("names the host only where several run the same service", () => {
    const lines = linesOf(boot());
    expect(row(lines, "build_and_run_instance")).toContain("nova-conductor ╌╌> nova-compute@h1");
  });

  it("never gives two hosts one name, however long that of their service is", () => {
    const story = new Story();
    story.step("run: x");
    for (const host of ["compute-1", "compute-2"])
      for (const service of [
        "neutron-openvswitch-agent",
        "a-service-with-a-very-long-name-of-its-own",
      ])
        story.add({ kind: "service", actor: `${service}@${host}`, event: "crashed" });
    const named = linesOf(story).flatMap((line) => /● (\S+)/.exec(line)?.[1] ?? []);
    expect(named).toEqual([
      "neutron-openvswitch-agent@compute-1",
      "a-service-with-a-very-lon…@compute-1",
      "neutron-openvswitch-agent@compute-2",
      "a-service-with-a-very-lon…@compute-2",
    ]);
  });

  it("shows each change of a server's state as before and after", () => {
    const states = linesOf(boot()).filter((line) => line.includes("◆ server"));
    expect(states.map((line) => /t3 {2}(.*?)( {2}|$)/.exec(line)?.[1])).toEqual([
      "new: building/scheduling",
      "building/scheduling → building/networking",
      "building/networking → building/spawning",
      "building/spawning → active",
    ]);
  });

  it("hides passwords", () => {
    expect(linesOf(boot(), { width: 200 }).join("\n")).toContain("admin_password=•••");
  });

  it("counts what repeats instead of repeating it", () => {
    const story = new Story();
    story.step("wait: t3 ACTIVE");
    for (let i = 0; i < 50; i++) {
      story.rest(["nova-client", "nova-api@c1"], ["GET", "/v2/t/servers/1"], { status: 200 });
      if (i === 20) story.server("nova-api@c1", "update", { vm_state: ["building", "active"] });
    }
    const rows = linesOf(story).filter((line) => line.includes("GET"));
    expect(rows.map((line) => line.replace(/\s+/g, " "))).toEqual([
      " 0.002 nova-client ──> nova-api GET /v2/t/servers/1 ×50 200 1ms",
    ]);
  });

  it("shortens a long step but leaves in what failed", () => {
    const story = new Story();
    story.step("run: many");
    for (let i = 0; i < 1_000; i++) {
      const fails = i === 500 ? { fails: "NoValidHost" } : {};
      story.rpc("rpc.call", ["nova-api@c1", "nova-conductor@c1"], `method_${String(i)}`, fails);
    }
    const lines = linesOf(story);
    expect(lines.length).toBeLessThan(180);
    expect(lines.filter((line) => line.includes("rows left out"))).toHaveLength(2);
    expect(row(lines, "method_500")).toMatch(/✗ NoValidHost$/);
    expect(lines).toContain("           │ NoValidHost happened");
    expect(linesOf(story, { verbose: true }).length).toBeGreaterThan(1_000);
  });

  it("shortens a run of very many steps, but not one in which something failed", () => {
    const story = new Story();
    for (let i = 0; i < 1_000; i++) {
      story.step(`run: step-${String(i)}-`);
      const fails = i === 500 ? { fails: "NoValidHost" } : {};
      story.rpc("rpc.call", ["nova-api@c1", "nova-conductor@c1"], "method", fails);
    }
    const lines = linesOf(story);
    expect(lines.length).toBeLessThan(250);
    expect(lines.filter((line) => line.includes("steps left out"))).toEqual([
      "… 455 steps left out; --verbose shows them",
      "… 484 steps left out; --verbose shows them",
    ]);
    for (const shown of ["step-0-", "step-500-", "step-999-"])
      expect(row(lines, shown)).toContain(shown);
    expect(linesOf(story, { verbose: true }).length).toBeGreaterThan(2_000);
  });

  it("says that the run went on where the timeline was cut", () => {
    expect(renderText(boot().timeline, { missing: 12_345 })).toContain(
      "12345 later entries not shown; a recording keeps them all",
    );
    expect(renderText(boot().timeline)).not.toContain("later entr");
  });

  it("gives a long log message a line of its own", () => {
    const story = new Story();
    story.step("run: x");
    const message = "Instance failed to spawn: Virtual Interface creation failed";
    story.add({ kind: "log", actor: "nova-compute@h1", level: "error", message });
    expect(renderText(story.timeline)).toMatch(
      new RegExp(`! nova-compute@h1 +error\\n +│ ${message}\\n`),
    );
  });

  it("shows the trace of a command before what came of it, and the error of one after it", () => {
    const story = new Story();
    const told = { kind: "client", user: "demo", command: "nova x" } as const;
    const trace = `REQ: ${"x".repeat(1_000)}\n\n`.repeat(50);
    story.add({ ...told, stdout: "| a table |\n", stderr: trace, exit: 0 });
    story.add({ ...told, stdout: "half a table\n", stderr: "ERROR (Conflict)\n", exit: 1 });
    const block = linesOf(story).flatMap((line) => /│ (.*)/u.exec(line)?.[1] ?? []);
    expect(block.length).toBe(40);
    expect(block[0]).toMatch(/^REQ: x{174}…$/u);
    expect(block.slice(-4)).toEqual([
      "… 14 more lines",
      "| a table |",
      "half a table",
      "ERROR (Conflict)",
    ]);
  });

  it("says who types where several do", () => {
    const story = new Story();
    const list = { kind: "client", command: "nova list", stdout: "", stderr: "", exit: 0 } as const;
    story.add({ ...list, user: "demo" });
    expect(linesOf(story).join("\n")).toMatch(/ {2}\$ nova list/);
    story.add({ ...list, user: "admin" });
    expect(linesOf(story).join("\n")).toMatch(/ demo\$ nova list[^]* admin\$ nova list/);
  });

  it("names a nameless thing by its id, and leaves out rows that only have a number", () => {
    const story = new Story();
    story.step("run: x");
    const db = { kind: "db", actor: "neutron-server@c1", op: "insert" } as const;
    const id = "1287d7f8-ec0c-4fa2-9d7c-0f1e2d3c4b5a";
    const changes = { name: [null, ""], status: [null, "DOWN"] } as const;
    story.add({ ...db, project: "neutron", table: "ports", key: id, changes });
    story.add({ ...db, project: "glance", table: "image_locations", key: 2, changes });
    const lines = linesOf(story);
    expect(row(lines, "◆ port")).toContain("◆ port 1287d7f8…  new: DOWN");
    expect(lines.filter((line) => line.includes("image_location"))).toEqual([]);
  });

  it("neutralises control characters, escapes and marks of direction", () => {
    const story = new Story();
    const evil = "\x1b[2J\x07\u202Eevil\r\n\u2028";
    story.step(evil, evil);
    story.rest([evil, evil], ["GET", `/${evil}`], {
      status: 500,
      body: { [evil]: evil },
      answer: { e: { message: evil } },
    });
    story.add({ kind: "client", user: "demo", command: evil, stdout: evil, stderr: evil, exit: 1 });
    story.add({ kind: "check", what: evil, passed: false, expected: evil, actual: [evil] });
    story.add({ kind: "log", actor: evil, level: "error", message: evil });
    story.server("nova-api@c1", "insert", { display_name: [null, evil], vm_state: [null, evil] });
    for (const verbose of [false, true]) {
      expect(renderText(story.timeline, { verbose }).replaceAll("\n", "")).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Zl}]/u,
      );
    }
  });

  it("survives keys that every object has", () => {
    const story = new Story();
    const args: unknown = JSON.parse('{"__proto__":{"name":"x"},"constructor":1,"toString":null}');
    story.rpc("rpc.cast", ["nova-api@c1", "nova-conductor@c1"], "m", { args });
    expect(row(linesOf(story), "cast m")).toContain("__proto__=x constructor=1");
  });

  it("shows faults, crashes, and both sides of a check that fails", () => {
    const story = new Story();
    story.step("fault: crash nova-compute");
    story.add({ kind: "fault", event: "declared", fault: "crash nova-compute@h1" });
    story.add({ kind: "service", actor: "nova-compute@h1", event: "crashed" });
    story.add({
      kind: "check",
      what: "server t3 is ACTIVE",
      passed: false,
      expected: "ACTIVE",
      actual: "ERROR",
    });
    const text = renderText(story.timeline);
    expect(text).toContain("⚡ fault declared: crash nova-compute@h1");
    expect(text).toMatch(/● nova-compute@h1 +crashed/);
    expect(text).toMatch(/✗ server t3 is ACTIVE\n +│ expected ACTIVE\n +│ {3}actual ERROR/);
    expect(text).toContain("1 of 1 failed ✗");
  });

  it("tells a message that nobody took from one that was taken late", () => {
    const story = new Story();
    story.step("run: x");
    const cast = (id: number): number =>
      story.add({
        kind: "rpc.cast",
        actor: "nova-api@c1",
        id,
        from: "nova-api@c1",
        exchange: "nova",
        topic: "compute",
        server: "h1",
        namespace: undefined,
        version: "3.0",
        method: `m${String(id)}`,
        args: {},
      });
    cast(101);
    const late = cast(102);
    story.at += 5_000_000;
    story.add({ kind: "rpc.delivered", id: 102, to: "nova-compute@h1", queue: "compute.h1" }, late);
    const lines = linesOf(story);
    expect(row(lines, "m101")).toMatch(/\(compute\.h1\) .*not taken$/);
    expect(row(lines, "m102")).toMatch(/nova-compute@h1 .*taken after 5\.0s$/);
  });

  it("says which message was taken and has no place to be seen to", () => {
    const told = renderText(shipped("bus-full-pool"));
    expect(told).toMatch(/12\.177 +! nova-compute +has no place in its pool for ping/u);
  });

  it("uses no colours unless it is given some, and then changes no text", () => {
    const brush = (text: string): string => `⟦${text}⟧`;
    const paint: Paint = {
      strong: brush,
      dim: brush,
      rest: brush,
      rpc: brush,
      state: brush,
      good: brush,
      warn: brush,
      bad: brush,
    };
    const story = new Story();
    story.step("run: x");
    story.rest(["nova-client", "nova-api@c1"], ["GET", "/x"], { status: 200 });
    const painted = renderText(story.timeline, { paint });
    expect(painted).toContain("⟦    0.002⟧");
    const bare = (text: string): string => text.replaceAll(/[⟦⟧]/g, "").replaceAll(/ +$/gm, "");
    expect(bare(painted)).toBe(renderText(story.timeline));
  });

  it("says something sensible of an empty run", () => {
    expect(renderText(new Story().timeline)).toContain(
      "── end ── 0.0ms of cloud time, no messages",
    );
  });
});
