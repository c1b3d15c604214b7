/** Every case of docs/juno/heat-cases.md, and every row of other-services §8.6, is named by a test of Heat. */
import { expect, it } from "vitest";
import { factsOf, filesIn, junoPage, read } from "../../docs/juno.js";

const OWN = "test/services/heat/cases.test.ts";
const texts = filesIn(["test/services/heat"], /\.test\.ts$/u)
  .filter((file) => file !== OWN)
  .map(read)
  .join("\n");

it("a test names each case of Heat's own tests by its id", () => {
  const ids = factsOf("heat-cases");
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => !texts.includes(id))).toEqual([]);
});

it("a test names each row of the table of timeouts and failures", () => {
  const rows = [...(junoPage("other-services").sections.get("8.6") ?? [])];
  expect(rows.length).toBe(10);
  const named = (row: string): boolean =>
    new RegExp(String.raw`other-services §8\.6 row ${row}\b`, "u").test(texts);
  expect(rows.filter((row) => !named(row))).toEqual([]);
});
