/** What a reader may ask for in words. */
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { readFilter } from "../../../src/views/sequence/filter.js";
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
});
