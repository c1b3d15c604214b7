/** Whose message it is. */
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import { tagOf, withTag } from "../../../src/views/sequence/tags.js";
import { shipped } from "../model/shipped.js";

describe("a tag", () => {
  it("is not there where a run has one server", () => {
    const model = Model.of(shipped("boot-and-shelve"));
    for (const row of sequenceRows(model, "messages")) expect(withTag(row, model)).toBe(row);
  });

  it("is the server that a message is about, else the step that it came of", () => {
    const model = Model.of(shipped("boot-over-quota"));
    const tags = new Set<string>();
    for (const { sent } of [...model.messages.rpc.values(), ...model.messages.rest.values()]) {
      const tag = tagOf(sent.seq, model);
      const named = model.servers.of(sent.seq);
      if (named.size === 1) expect([...named]).toEqual([tag]);
      else expect(tag).toMatch(/^(#\d+|one|two|three|)$/u);
      tags.add(tag);
    }
    expect([...tags]).toEqual(expect.arrayContaining(["one", "two", "three"]));
  });

  it("stands before what is said", () => {
    const model = Model.of(shipped("boot-over-quota"));
    const rows = sequenceRows(model, "messages").map((row) => withTag(row, model));
    const tagged = rows.filter(({ kind }) => kind === "arrow");
    const first = tagged.map((row) => (row.kind === "arrow" ? row.label[0]?.tone : undefined));
    expect(first.filter((tone) => tone === "tag").length).toBeGreaterThan(100);
  });
});
