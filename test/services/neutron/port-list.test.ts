/** What is kept in step with Neutron's tables: a tenant's ports, and the addresses of a group. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { OrderedList } from "../../../src/services/neutron/db/ordered-list.js";
import { NeutronBed } from "./bed.js";

describe("a tenant's own ports", () => {
  it("are the same whether asked for as a whole or by something that all have", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const compare = (): readonly JsonObject[] => {
      const whole = bed.run(bed.user.list("ports", { tenant_id: bed.demo.project }));
      expect(JSON.stringify(bed.run(bed.user.list("ports")))).toBe(JSON.stringify(whole));
      const some = bed.run(bed.user.list("ports", { admin_state_up: "true" }));
      expect(JSON.stringify(whole)).toBe(JSON.stringify(some));
      return whole;
    };
    const ids = [bed.port("c1"), bed.port(""), bed.port("c1")].map((port) => port["id"] as string);
    expect(compare().map((port) => port["id"])).toEqual(ids);
    bed.run(
      bed.admin.update("ports", ids[1]!, { name: "b", fixed_ips: [], "binding:host_id": "c1" }),
    );
    expect(compare()[1]).toMatchObject({ name: "b", fixed_ips: [] });
    bed.run(bed.admin.update("ports", ids[2]!, { security_groups: [] }));
    expect(compare()[2]).toMatchObject({ security_groups: [] });
    bed.run(bed.admin.delete("ports", ids[0]!));
    expect(compare().map((port) => port["id"])).toEqual(ids.slice(1));
  });

  it("do not change for whoever has asked for them", () => {
    const bed = new NeutronBed();
    const ask = () => bed.run(bed.user.list("ports", { tenant_id: bed.demo.project }));
    const port = bed.port("");
    const before = ask();
    const then = JSON.stringify(before);
    bed.run(bed.admin.update("ports", port["id"] as string, { name: "other" }));
    bed.port("");
    expect(ask()).toHaveLength(2);
    expect(JSON.stringify(before)).toBe(then);
  });
});

it("a list kept in order is what was put and not removed, by id, and stays as it was read", () => {
  const act = fc.record({ id: fc.nat(9), remove: fc.boolean(), read: fc.boolean() });
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      const list = new OrderedList<string>();
      const model = new Map<number, string>();
      const reads: { got: readonly string[]; then: string }[] = [];
      acts.forEach(({ id, remove, read }, i) => {
        if (remove) {
          list.remove(id);
          model.delete(id);
        } else {
          list.put(id, () => `${String(id)} ${String(i)}`);
          model.set(id, `${String(id)} ${String(i)}`);
        }
        if (read) reads.push({ got: list.items(), then: JSON.stringify(list.items()) });
      });
      const wanted = [...model].sort(([a], [b]) => a - b).map(([, item]) => item);
      expect(list.items()).toEqual(wanted);
      for (const { got, then } of reads) expect(JSON.stringify(got)).toBe(then);
    }),
  );
});
