/** Where one comes to who steps through the rows of a run. */
import { describe, expect, it } from "vitest";
import { NO_CAUSE } from "../../../src/kernel/index.js";
import { Model } from "../../../src/views/model/model.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import { isFailure, isProblem, stepped } from "../../../src/views/sequence/steps.js";
import { Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

describe("what went wrong", () => {
  const rows = sequenceRows(Model.of(shipped("boot-no-valid-host")), "messages");

  it("is a failure where a message failed, and besides a problem where a service warns", () => {
    const failures = rows.filter(isFailure);
    expect(failures.map((row) => row.kind === "arrow" && row.mark)).toEqual(["failure"]);
    const problems = rows.filter(isProblem);
    expect(problems).toEqual(expect.arrayContaining(failures));
    expect(problems.length).toBeGreaterThan(failures.length);
  });
});

describe("back from the first step", () => {
  const story = new Story({ detail: "full" });
  story.add({ kind: "service", actor: "nova-api@c1", event: "started" }, NO_CAUSE, "full");
  const step = story.step("nova list");
  story.rest(["nova-client", "nova-api@c1"], ["GET", "/v2/servers"], { status: 200, cause: step });
  const model = Model.of(story.timeline);

  it("is the start of the cloud where that is shown, and nothing elsewhere", () => {
    const first = model.chapters.all[1]?.seq ?? 0;
    const back = (level: "messages" | "entries") =>
      stepped(model, sequenceRows(model, level), first, "chapter", -1);
    expect(first).toBe(1);
    expect(back("messages")).toBeUndefined();
    expect(back("entries")).toBe(0);
  });
});
