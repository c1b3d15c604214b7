/** What is known of a row's past beside what it says itself. */
import { describe, expect, it } from "vitest";
import { lastChange, RowHistory, Table } from "../../src/framework/index.js";
import { Kernel, seconds } from "../../src/kernel/index.js";

interface Note {
  readonly uuid: string;
  readonly status: string;
  readonly text: string;
}

function bed() {
  const kernel = new Kernel();
  const notes = new Table<Note>(kernel, { project: "board", name: "notes", key: "uuid" });
  return { kernel, notes };
}

describe("the history of a table's rows", () => {
  it("tells when a column got its value, whatever else was written since", () => {
    const { kernel, notes } = bed();
    const status = lastChange(kernel, notes, "status");
    notes.insert({ uuid: "a", status: "new", text: "" });
    kernel.run(seconds(1));
    notes.update("a", { status: "old" });
    kernel.run(seconds(2));
    notes.update("a", { text: "good bye" });
    notes.touch("a");
    expect(notes.get("a")?.updated_at).toContain("04:03:11.");
    expect([status.of("a"), status.of("b")]).toEqual([seconds(1), undefined]);
  });

  it("learns from each change, on top of what it knew, until the row is gone", () => {
    const { notes } = bed();
    const texts = new RowHistory<Note, readonly string[]>(
      notes,
      ({ uuid }) => uuid,
      (known = [], before, after) =>
        before?.text === after.text ? undefined : [...known, after.text],
    );
    notes.insert({ uuid: "a", status: "new", text: "one" });
    notes.update("a", { text: "two" });
    notes.update("a", { status: "old" });
    expect(texts.of("a")).toEqual(["one", "two"]);
    notes.remove("a");
    expect(texts.of("a")).toBeUndefined();
  });
});
