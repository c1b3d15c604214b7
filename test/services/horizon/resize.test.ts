/**
 * A server is resized by clicks, and that is confirmed or undone: buttons, words and calls, and rows that a script asks for
 * again. Upstream: openstack_dashboard/dashboards/project/instances/tables.py (ResizeLink, ConfirmResize, RevertResize,
 * STATUS_DISPLAY_CHOICES, UpdateRow), workflows/resize_instance.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

// Nobody waits for Neutron's word, which would not come for a server that is sent back (LP 1450624).
const bed = new DashboardBed({ computes: 2, flags: { vif_plugging_timeout: 0 } });
bed.signIn();
bed.run("nova boot web --flavor m1.tiny --image cirros");
bed.cloud.advance("60s");
bed.do("instances");
bed.entries();

const page = (): string => bed.act({ kind: "look" }).stdout;

/** Status, task and size of the one row that is shown. */
function row(): Readonly<Record<"status" | "task" | "size", string>> {
  const cells = (/^\| web .*$/mu.exec(page())?.[0] ?? "").split("|").map((cell) => cell.trim());
  const [, , , , size = "", , status = "", , task = ""] = cells;
  return { status, task, size };
}

/** What the row says, from now on until it changes no more: each state once. */
function watched(): string[] {
  const seen: string[] = [];
  for (let second = 0; second < 40; second++) {
    const { status, task } = row();
    const words = `${status}: ${task}`;
    if (seen.at(-1) !== words) seen.push(words);
    bed.cloud.advance("1s");
  }
  return seen;
}

/** What a script's question for one row costs. */
const UPDATE = (flavor: string): string[] => [
  "nova GET /v2/{t}/servers/{id}",
  `nova GET /v2/{t}/flavors/${flavor}`,
  "glance HEAD /v1/images/{id}",
  "neutron GET /v2.0/extensions.json",
  "nova GET /v2/{t}/extensions",
];

describe("Resize Instance", () => {
  it("sends the flavor's id, and how the disk is cut only if that was asked for", () => {
    const { stdout } = bed.do({ "resize instance": { instance: "web", flavor: "m1.small" } });
    expect(stdout).toContain('Success: Scheduled resize of instance "web".');
    expect(row()).toEqual({
      status: "Resize/Migrate",
      task: "Preparing Resize or Migrate",
      size: "m1.tiny",
    });
    const bodies = bed.bodies("POST", /\/action$/u);
    expect(bodies).toEqual([{ resize: { flavorRef: "2", "OS-DCF:diskConfig": "AUTO" } }]);
  });

  it("is followed by the page's script, row by row, until it waits to be confirmed", () => {
    const words = watched();
    expect(words[0]).toBe("Resize/Migrate: Preparing Resize or Migrate");
    expect(words).toContain("Resize/Migrate: Resizing or Migrating");
    expect(words.at(-1)).toBe("Confirm or Revert Resize/Migrate: None");
    expect(row().size).toBe("m1.small");
    // It is not among what Horizon takes for settled, so it is asked for again and again, ever less often.
    bed.calls();
    bed.cloud.advance("60s");
    expect(bed.calls().slice(0, 10)).toEqual([...UPDATE("2"), ...UPDATE("2")]);
  });
});

describe("Confirm Resize/Migrate", () => {
  it("is the server's one button more, beside Revert; Resize is not offered meanwhile", () => {
    bed.do("instances");
    const { stderr } = bed.click("Frobnicate", { rows: ["web"] });
    expect(stderr).toContain("Confirm Resize/Migrate, Revert Resize/Migrate");
    expect(stderr).not.toContain("Resize Instance");
  });

  it("says nothing of having been done, and the row settles", () => {
    bed.entries();
    const { stdout, exit } = bed.do({ "confirm resize": "web" });
    expect([exit, stdout.includes("Success")]).toEqual([0, false]);
    expect(bed.bodies("POST", /\/action$/u)).toEqual([{ confirmResize: null }]);
    expect(watched().at(-1)).toBe("Active: None");
    bed.calls();
    bed.cloud.advance("15s");
    expect(bed.calls()).toEqual([]);
  });

  it("of what is confirmed already ends in a page of its own: nobody catches what Nova refuses", () => {
    bed.do({ "resize instance": { instance: "web", flavor: "m1.medium" } });
    watched();
    bed.do("instances");
    bed.cloud.inject({
      answer: { status: 400, host: "nova-api@controller", method: "POST", path: "*/action" },
    });
    expect(bed.do({ "confirm resize": "web" }).stdout).toContain("Something went wrong!");
  });
});

describe("Revert Resize/Migrate", () => {
  it("brings back the flavor that it had", () => {
    bed.do("instances");
    bed.entries();
    expect(row().size).toBe("m1.medium");
    expect(bed.do({ "revert resize": "web" }).exit).toBe(0);
    expect(bed.bodies("POST", /\/action$/u)).toEqual([{ revertResize: null }]);
    const words = watched();
    expect(words).toContain("Revert Resize/Migrate: Reverting Resize or Migrate");
    expect(words.at(-1)).toBe("Active: None");
    expect(row().size).toBe("m1.small");
  });

  it("leaves nothing that could be confirmed or undone", () => {
    expect(bed.do({ "revert resize": "web" }).stderr).not.toContain("Confirm Resize/Migrate");
    expect(bed.calls().filter((call) => call.startsWith("nova POST"))).toEqual([]);
  });
});
