/** Answers are written as `JSON.stringify` writes them, whether or not they are made of values that stay. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { jsonText } from "../../src/serve/http/json-text.js";

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 });

describe("the text of a body", () => {
  it("is that of JSON.stringify", () => {
    const holds = (body: unknown): void => {
      expect(jsonText(body as Json)).toBe(JSON.stringify(body));
    };
    fc.assert(fc.property(fc.jsonValue(), holds));
  });

  it("is so as well if items of a list are never changed", () => {
    const holds = (items: readonly object[], name: string): void => {
      const list = items.map((item, at) => (at % 2 === 0 ? Object.freeze(item) : item));
      const body = { [name]: list, [`${name}_links`]: [] } as unknown as Json;
      const text = JSON.stringify(body);
      expect([jsonText(body), jsonText(body)]).toEqual([text, text]);
    };
    fc.assert(fc.property(objects, fc.string(), holds));
  });
});
