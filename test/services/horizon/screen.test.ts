/** What is recorded of a page: the words that somebody sees there, in their places. Upstream: the templates of 2014.2, cited below. */
import { describe, expect, it } from "vitest";
import type { Screen, ScreenPart } from "../../../src/timeline/index.js";
import { DashboardBed } from "./bed.js";

/** The screen after the last act. */
function screenOf(bed: DashboardBed): Screen {
  const last = bed.cloud.timeline.entries.findLast((entry) => entry.kind === "client");
  if (last?.kind !== "client" || last.screen === undefined) throw new Error("there is no screen");
  return last.screen;
}

const tableIn = (parts: readonly ScreenPart[]) => {
  const found = parts.find((part) => part.kind === "table");
  if (found?.kind !== "table") throw new Error("there is no table");
  return found;
};

const formIn = (parts: readonly ScreenPart[] = []) => {
  const found = parts.find((part) => part.kind === "form");
  if (found?.kind !== "form") throw new Error("there is no form");
  return found;
};

function signedIn(services = ["horizon"], as = "demo"): DashboardBed {
  const bed = new DashboardBed({ services });
  bed.signIn(as);
  return bed;
}

describe("the side bar (openstack_dashboard/dashboards/*/dashboard.py, horizon/templatetags/horizon.py)", () => {
  const names = ({ panels }: Screen): string[] =>
    panels.map(({ dashboard, group, name, current }) =>
      [dashboard, group, name, ...(current === true ? ["*"] : [])].join("/"),
    );

  it("has for an ordinary user what the catalog has services for, and the page's own panel marked", () => {
    const bed = signedIn();
    bed.do("instances");
    expect(names(screenOf(bed))).toEqual([
      "Project/Compute/Overview",
      "Project/Compute/Instances/*",
      "Project/Compute/Images",
      "Project/Compute/Access & Security",
      "Project/Network/Network Topology",
      "Project/Network/Networks",
      "Project/Network/Routers",
      "Identity//Projects",
    ]);
  });

  it("has the dashboard Admin, and Users, for administrators alone", () => {
    const bed = signedIn(["horizon", "cinder", "swift"], "admin");
    bed.do("hypervisors", "admin");
    const all = names(screenOf(bed));
    expect(all).toContain("Admin/System/Hypervisors/*");
    expect(all).toContain("Project/Object Store/Containers");
    expect(all).toContain("Project/Compute/Volumes");
    expect(all.slice(-2)).toEqual(["Identity//Projects", "Identity//Users"]);
    expect(all).not.toContain("Admin/System/Resource Usage");
  });

  it("marks the panel of a page below it, and that of no other dashboard", () => {
    const bed = signedIn(["horizon"], "admin");
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.do("admin instances", "admin");
    const marked = screenOf(bed).panels.filter(({ current }) => current === true);
    expect(marked.map(({ dashboard, name }) => [dashboard, name])).toEqual([
      ["Admin", "Instances"],
    ]);
  });
});

describe("a table (horizon/templates/horizon/common/_data_table.html)", () => {
  it("has its rows with their status, and the columns that a bar moves in", () => {
    const bed = signedIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.do("instances");
    const { url, title, user, parts } = screenOf(bed);
    expect([url, title]).toEqual(["http://controller/project/instances/", "Instances"]);
    expect(user).toMatchObject({ name: "demo", project: "demo" });
    expect(user?.projects).toContain("demo");
    const { caption, columns, rows, statusColumns, actions } = tableIn(parts);
    expect(caption).toBe("Instances");
    expect(statusColumns.map((index) => columns[index])).toEqual(["Status", "Task"]);
    expect(rows).toMatchObject([{ status: "unknown", leads: true }]);
    expect(actions).toEqual([
      { text: "Launch Instance" },
      { text: "Soft Reboot Instances", danger: true },
      { text: "Terminate Instances", danger: true },
    ]);
    bed.do("watch");
    expect(tableIn(screenOf(bed).parts).rows).toMatchObject([{ status: "up" }]);
  });

  it("says of no row that it is under way where nothing asks for it again", () => {
    const bed = signedIn();
    bed.do("networks");
    expect(tableIn(screenOf(bed).parts).rows.map(({ status }) => status)).toEqual([undefined]);
  });

  it("has a button that a quota has closed", () => {
    const bed = new DashboardBed({ flags: { quota_instances: 0 } });
    bed.signIn();
    bed.do("instances");
    expect(tableIn(screenOf(bed).parts).actions).toEqual([
      { text: "Launch Instance (Quota exceeded)", disabled: true },
    ]);
  });
});

describe("a form (horizon/templates/horizon/common/_modal_form.html, _workflow.html)", () => {
  const launch = { name: "web", flavor: "m1.tiny", image: "cirros", network: "private" };

  it("lies over its page while something is wrong with it, by steps", () => {
    const bed = new DashboardBed({ flags: { quota_instances: 1 } });
    bed.signIn();
    bed.do({ "launch instance": { ...launch, count: 2 } });
    const { url, title, dialogue } = screenOf(bed);
    expect([url, title]).toEqual(["http://controller/project/instances/", "Instances"]);
    const { fields, errors } = formIn(dialogue?.parts);
    expect(errors).toEqual([
      "The requested 2 instances cannot be launched as you only have 1 of your quota available.",
    ]);
    expect([...new Set(fields.map(({ step }) => step))]).toEqual([
      "Details",
      "Access & Security",
      "Networking",
      "Post-Creation",
      "Advanced Options",
    ]);
    expect(fields.find(({ label }) => label === "Flavor")).toMatchObject({
      kind: "choice",
      value: "m1.tiny",
      required: true,
    });
    expect(fields.find(({ label }) => label === "Networks")).toMatchObject({
      kind: "several",
      value: ["private"],
    });
    expect(fields.find(({ label }) => label === "Delete on Terminate")).toMatchObject({
      kind: "check",
      value: false,
    });
  });

  it("that was sent is kept as it was filled in, and a page without one has none", () => {
    const bed = signedIn(["horizon", "cinder"]);
    bed.do({ "launch instance": launch });
    const { sent, dialogue, messages } = screenOf(bed);
    expect(dialogue).toBeUndefined();
    expect(messages).toEqual([{ level: "success", text: 'Launched instance named "web".' }]);
    expect(sent?.title).toBe("Launch Instance");
    expect(sent?.fields.find(({ label }) => label === "Instance Name")?.value).toBe("web");
    bed.do("instances");
    expect(screenOf(bed).sent).toBeUndefined();
  });

  it("is recorded without any password and without the token against forged forms", () => {
    const bed = new DashboardBed();
    bed.do({ "sign in": { password: "very secret" } });
    const screen = screenOf(bed);
    expect(screen.user).toBeUndefined();
    expect(screen.panels).toEqual([]);
    expect(formIn(screen.parts).errors).toEqual(["Invalid user name or password."]);
    expect(JSON.stringify(screen)).not.toMatch(/very secret|csrf/u);
    const secret = formIn(screen.parts).fields.find(({ label }) => label === "Password");
    expect(secret).toMatchObject({ kind: "secret", value: "" });
  });
});

describe("a screen", () => {
  it("is that of the error page where the page ends", () => {
    const bed = signedIn();
    bed.cloud.stop("glance-api@controller");
    bed.do("images");
    const { title, parts, user, panels } = screenOf(bed);
    expect([title, user, panels]).toEqual(["Server error", undefined, []]);
    expect(parts).toMatchObject([{ kind: "text", title: "Something went wrong!" }]);
  });

  it("is none where nobody answered", () => {
    const bed = new DashboardBed();
    bed.cloud.stop("horizon@controller");
    expect(bed.act({ kind: "sign in" }).exit).toBe(7);
    const last = bed.cloud.timeline.entries.findLast((entry) => entry.kind === "client");
    expect(last).not.toHaveProperty("screen");
  });

  it("shows the tab that is open, with the limits as they are drawn", () => {
    const bed = signedIn();
    bed.do("key pairs");
    const { tabs, parts } = screenOf(bed);
    expect(tabs.filter(({ current }) => current === true)).toEqual([
      { name: "Key Pairs", current: true },
    ]);
    expect(parts.map((part) => part.kind === "table" && part.caption)).toEqual(["Key Pairs"]);
    bed.do("overview");
    const limits = screenOf(bed).parts.find(({ kind }) => kind === "list");
    expect(limits?.kind === "list" && limits.items[4]).toEqual({
      name: "Security Groups",
      value: "Used 1 of 10",
      percent: 10,
    });
  });

  it("is whole in a recording that folds what is long", () => {
    const bed = signedIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.do("instances");
    expect(JSON.stringify(screenOf(bed))).not.toContain("$folded");
    expect(JSON.stringify(screenOf(bed)).length).toBeGreaterThan(1024);
  });
});
