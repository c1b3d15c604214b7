/** The recordings that formats are held against: a small one of every kind of entry, and real ones. */
import { readTimeline, type Timeline } from "../../../src/timeline/index.js";
import { boot } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

/** A boot, and whatever else may be in a recording, by names that nobody should have. */
export function hostile(): Timeline {
  const story = boot({ name: '<script>alert("1")</script>\u001b[2J\n' });
  const odd = ["__proto__", `<img src=x onerror="1">@${"ö".repeat(2_000)}`] as const;
  story.rpc("rpc.call", odd, "constructor", { fails: "NoValidHost" });
  story.rpc("rpc.fanout", odd, "toString");
  story.rest(odd, ["GET", "/x?a=}\n{"], { status: 500, answer: { fault: { message: "no" } } });
  story.rest(odd, ["GET", "/nobody"], { status: 0 });
  story.rest(odd, ["GET", "/never"]);
  story.add({ kind: "rpc.timeout", actor: odd[0], id: 1, why: "too late" });
  story.add({ kind: "rpc.lost", id: 2, why: "nobody" });
  story.add({ kind: "fault", event: "struck", fault: "x y", entry: 3 });
  story.add({ kind: "log", actor: "a b", level: "error", message: "x\r\ny" });
  story.add({ kind: "service", actor: "nova-compute@h1", event: "crashed" });
  return story.timeline;
}

export const later: Timeline = readTimeline([
  ...boot().timeline.lines,
  `{"seq":${String(boot().timeline.length)},"at":9000000,"kind":"weather","id":1,"sky":"blue"}`,
]);

/** By name, as tables of tests want them. */
export const some: readonly (readonly [string, () => Timeline])[] = [
  ["a boot by hand", () => boot().timeline],
  ["hostile names", hostile],
  ["a later version", () => later],
  ["boot", () => shipped("boot")],
  ["boot-and-shelve", () => shipped("boot-and-shelve")],
  ["bus-fanout", () => shipped("bus-fanout")],
  ["pool-full-of-builds", () => shipped("pool-full-of-builds")],
];
