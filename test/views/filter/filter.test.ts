/** What a reader may ask for in words. */
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { completionsOf } from "../../../src/views/filter/complete.js";
import { readFilter } from "../../../src/views/filter/filter.js";
import { shipped } from "../model/shipped.js";

const model = Model.of(shipped("boot-over-quota"));
const found = (text: string) => {
  const read = readFilter(text, model);
  if (!read.ok) throw new Error(read.problem);
  return model.entries.filter(read.matches);
};

describe("a filter", () => {
  it("without words finds everything", () => {
    expect(found(" ")).toHaveLength(model.entries.length);
  });

  it("finds messages by kind and method, and what befell them by method", () => {
    const casts = found("kind:cast method:build_instances");
    expect(casts.length).toBeGreaterThan(0);
    expect(new Set(casts.map(({ kind }) => kind))).toEqual(new Set(["rpc.cast"]));
    expect(found("method:build_instances").map(({ kind }) => kind)).toContain("rpc.delivered");
  });

  it("means or by |, and not by -", () => {
    const both = found("kind:call|cast");
    expect(both.length).toBe(found("kind:call").length + found("kind:cast").length);
    expect(found("-kind:call|cast").length).toBe(model.entries.length - both.length);
  });

  it("compares the status of answers", () => {
    const bad = found("status:>=400");
    expect(bad.length).toBeGreaterThan(0);
    for (const entry of bad) {
      const exchange = model.messages.of(entry);
      expect(exchange?.kind === "rest" && exchange.response?.status).toBeGreaterThanOrEqual(400);
    }
  });

  it("finds what a server is named in, and what that led to", () => {
    const one = found("server:one");
    const two = found("server:two");
    expect(one.length).toBeGreaterThan(20);
    expect(two.length).toBeGreaterThan(20);
    expect(one.filter((entry) => two.includes(entry)).length).toBeLessThan(one.length / 4);
  });

  it("finds a request with the message that carried it in", () => {
    const [request] = model.requests.all.filter(({ carrier }) => carrier !== undefined);
    const entries = found(`request:${request?.id ?? ""}`);
    expect(entries.map(({ seq }) => seq)).toContain(request?.carrier);
  });

  it("finds words wherever they were recorded, in quotes with their spaces", () => {
    expect(found('"nova boot one"').length).toBeGreaterThan(0);
    expect(found('"nova boot nobody"')).toEqual([]);
  });

  it("says which key there is not, and which was meant", () => {
    expect(readFilter("sevice:nova-api", model)).toEqual({
      ok: false,
      problem: 'No key "sevice". Did you mean service?',
    });
  });

  it("takes times: when it was, and how long it took", () => {
    for (const { at } of found("at:0.2..0.5")) {
      expect(at).toBeGreaterThanOrEqual(200_000);
      expect(at).toBeLessThanOrEqual(500_000);
    }
    expect(found("at:<0.2").length + found("at:>=0.2").length).toBe(model.entries.length);
    expect(found("at:200ms..500ms")).toEqual(found("at:0.2..0.5"));
    const slow = found("took:>50ms kind:call|request");
    expect(slow.length).toBeGreaterThan(0);
    for (const entry of slow) {
      const exchange = model.messages.of(entry);
      const end = exchange?.kind === "rest" ? exchange.response : exchange?.outcome;
      expect((end?.at ?? 0) - (exchange?.sent.at ?? 0)).toBeGreaterThan(50_000);
    }
  });

  it("finds what went wrong by one word", () => {
    const wrong = found("error kind:response");
    expect(wrong.length).toBeGreaterThan(0);
    for (const entry of wrong) {
      expect(entry.kind === "rest.response" && entry.status).toBeGreaterThanOrEqual(400);
    }
  });

  it.each([
    ["at:noon", 'at: takes no "noon"; it takes 0.2..0.5, >1.5 or 300ms.'],
    ["took:>fast", 'took: takes no ">fast"; it takes >100ms or 1s..5s.'],
    ["status:ok", 'status: takes no "ok"; it takes 404 or >=400.'],
    ["chapter:one", 'chapter: takes no "one"; it takes 2.'],
  ])("says of %s what would be right", (text, problem) => {
    expect(readFilter(text, model)).toEqual({ ok: false, problem });
  });

  it("takes any text without falling over", () => {
    for (const text of [
      '"',
      "-",
      ":",
      "a:b:c",
      "__proto__:x",
      "server:",
      "|",
      "kind:|",
      "(((",
      "x".repeat(10_000),
    ]) {
      expect(() => readFilter(text, model)).not.toThrow();
    }
  });
});

describe("completions", () => {
  const words = (text: string) => completionsOf(text, model).map(({ word }) => word);

  it("are keys, then of a key the values of this run", () => {
    expect(words("ser")).toEqual(["server:", "service:"]);
    expect(words("server:")).toEqual(expect.arrayContaining(["one", "two"]));
    expect(words("server:tw")).toEqual(["two"]);
    expect(words("-kind:call|ca")).toEqual(expect.arrayContaining(["cast"]));
    expect(words("")).toEqual([]);
    expect(words("nothing:")).toEqual([]);
  });

  it("leave what stands before as it is, and can be read", () => {
    const [first] = completionsOf("kind:call -server:on", model);
    expect(first?.text).toBe("kind:call -server:one");
    for (const text of [
      "s",
      "server:",
      "host:c",
      "method:b",
      "topic:",
      "status:",
      "took:",
      "at:",
    ]) {
      for (const offer of completionsOf(text, model)) {
        expect(readFilter(offer.text, model).ok, offer.text).toBe(true);
      }
    }
  });
});
