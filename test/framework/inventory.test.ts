/** What was left behind, found across the inventories of projects. */
import { describe, expect, it } from "vitest";
import { findingText } from "../../src/framework/invariants.js";
import { findingsIn, leftoversIn } from "../../src/framework/inventory.js";

const server = { kind: "server", id: "s1" };
const port = { what: "port p1", of: server };

describe("what was left behind", () => {
  it("is what depends on a thing that no project has", () => {
    expect(leftoversIn([{ dependents: [port] }])).toEqual(["port p1: there is no server s1"]);
    expect(leftoversIn([{ dependents: [port] }, { things: [server] }])).toEqual([]);
  });

  it("is told in the words of whoever knows what the absence means", () => {
    const image = { what: "image i1", of: server, otherwise: "nobody knows of it" };
    expect(leftoversIn([{ dependents: [image] }])).toEqual(["image i1: nobody knows of it"]);
  });

  it("is what should have gone, as long as somebody has it", () => {
    const spent = [{ kind: "volume", id: "v1", why: "was to go with server s1" }];
    expect(leftoversIn([{ spent }])).toEqual([]);
    expect(leftoversIn([{ spent }, { things: [{ kind: "volume", id: "v1" }] }])).toEqual([
      "volume v1: was to go with server s1",
    ]);
  });

  it("tells things of one id and of two kinds apart", () => {
    const things = [{ kind: "router", id: "s1" }];
    expect(leftoversIn([{ things, dependents: [port] }])).toHaveLength(1);
  });

  it("is what a project finds wrong by itself, in the order of the projects", () => {
    const wrong = (what: string) => [{ invariant: "quota" as const, what, where: "nova" }];
    const all = [{ wrong: wrong("a") }, {}, { wrong: wrong("b"), dependents: [port] }];
    expect(leftoversIn(all)).toEqual(["a", "port p1: there is no server s1", "b"]);
    expect(leftoversIn([{ broken: wrong("c") }])).toEqual([]);
  });

  it("is a finding with the name of the defect, if its thing has gone in such a way", () => {
    const departed = [{ kind: "server", id: "s1", exception: "delete-without-host-leaks" }];
    const inventories = [{ name: "neutron", dependents: [port] }];
    expect(findingsIn(inventories)).toMatchObject([{ where: "neutron", exception: undefined }]);
    expect(findingsIn([...inventories, { name: "nova", departed }]).map(findingText)).toEqual([
      "owner (neutron): port p1: there is no server s1 [delete-without-host-leaks]",
    ]);
  });
});
