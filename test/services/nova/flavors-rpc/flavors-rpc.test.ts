/** Managing flavors over the bus: refused by stock Nova, done once the endpoint is there (T6). */
import { describe, expect, it } from "vitest";
import { LooseRpc } from "../../../../src/vintage/index.js";
import { RemoteError, type ClientOf } from "../../../../src/bus/index.js";
import { contextSerializer, type RequestContext } from "../../../../src/framework/index.js";
import type { Op } from "../../../../src/kernel/index.js";
import { Exception } from "../../../../src/python/index.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import {
  FlavorExists,
  FlavorIdExists,
  FlavorNotFound,
  InvalidInput,
} from "../../../../src/services/nova/exception.js";
import { flavorsApi, flavorsClient } from "../../../../src/services/nova/flavors-rpc/rpcapi.js";
import { novaScheduler } from "../../../../src/services/nova/scheduler/index.js";
import { NovaBed } from "../bed.js";

const ADDED = { "conductor.manager": "mymodule.flavors.FlavorsConductorManager" };
const PICO = { name: "m1.pico", flavorid: "43", memory_mb: 32, vcpus: 1, root_gb: 0 };

interface Site {
  readonly bed: NovaBed;
  /** Somebody who wants to manage flavors, `nova-management`. */
  readonly flavors: ClientOf<typeof flavorsApi, RequestContext>;
  readonly rpc: LooseRpc<RequestContext>;
  readonly ctxt: RequestContext;
}

function site(flags = {}): Site {
  const bed = new NovaBed(flags);
  bed.start(novaConductor(bed.nova("nova-conductor"), bed.db));
  bed.start(novaScheduler(bed.nova("nova-scheduler"), bed.db));
  const management = bed.nova("nova-management");
  return {
    bed,
    flavors: flavorsClient(management),
    rpc: new LooseRpc(management.bus, contextSerializer),
    ctxt: bed.ctxt.elevated(),
  };
}

function failure({ bed }: Site, op: Op<unknown>): Exception {
  try {
    bed.run(op);
  } catch (error) {
    if (error instanceof Exception) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("stock Nova", () => {
  it("has no method for flavors on any topic: NoSuchMethod, as a RemoteError (nova §6)", () => {
    const stock = site();
    for (const [topic, version] of [
      ["conductor", "2.0"],
      ["scheduler", "3.0"],
    ] as const) {
      for (const method of Object.keys(flavorsApi.methods)) {
        const error = failure(stock, stock.rpc.call(stock.ctxt, topic, { method, version }));
        expect(error).toBeInstanceOf(RemoteError);
        expect(error).toMatchObject({ exc_type: "NoSuchMethod" });
      }
    }
  });

  it("fails the client as well, since a client makes no server", () => {
    const stock = site();
    const error = failure(stock, stock.flavors.get_all_flavors(stock.ctxt, {}));
    expect(error).toMatchObject({ exc_type: "NoSuchMethod" });
  });
});

describe("a conductor whose manager has the methods", () => {
  it("lists, gets, makes and deletes", () => {
    const { bed, flavors, ctxt } = site(ADDED);
    const names = () => bed.run(flavors.get_all_flavors(ctxt, {})).map(({ name }) => name);
    expect(names()).toContain("m1.nano");
    expect(bed.run(flavors.create_flavor(ctxt, PICO))).toMatchObject({
      ...PICO,
      ...{ id: 7, swap: 0, ephemeral_gb: 0, rxtx_factor: 1, is_public: true, extra_specs: {} },
    });
    expect(bed.run(flavors.get_flavor(ctxt, { flavorid: "43" }))).toMatchObject(PICO);
    expect(names()).toContain("m1.pico");
    bed.run(flavors.delete_flavor(ctxt, { flavorid: "43" }));
    expect(names()).not.toContain("m1.pico");
  });

  it("keeps the methods that it had, under their own versions", () => {
    const { bed, rpc, ctxt } = site(ADDED);
    const ping = { method: "ping", args: { arg: "x" }, namespace: "baseapi" };
    expect(bed.run(rpc.call(ctxt, "conductor", ping))).toEqual({ service: "conductor", arg: "x" });
    const old = site(ADDED);
    const unversioned = old.rpc.call(old.ctxt, "conductor", { method: "get_all_flavors" });
    expect(failure(old, unversioned)).toMatchObject({ exc_type: "UnsupportedVersion" });
  });

  it("raises Nova's own exceptions, which callers of Nova rebuild (RPC-76)", () => {
    const here = site(ADDED);
    const { bed, flavors, ctxt } = here;
    bed.run(flavors.create_flavor(ctxt, PICO));
    const again = (more: object) =>
      failure(here, flavors.create_flavor(ctxt, { ...PICO, ...more }));
    expect(again({})).toBeInstanceOf(FlavorIdExists);
    expect(again({ flavorid: "44" })).toBeInstanceOf(FlavorExists);
    expect(failure(here, flavors.get_flavor(ctxt, { flavorid: "99" }))).toBeInstanceOf(
      FlavorNotFound,
    );
    expect(failure(here, flavors.delete_flavor(ctxt, { flavorid: "99" }))).toBeInstanceOf(
      FlavorNotFound,
    );
  });

  it.each([
    { memory_mb: "32" },
    { vcpus: 0 },
    { root_gb: -1 },
    { name: "" },
    { flavorid: 43 },
    { rxtx_factor: "fast" },
    { is_public: "no" },
  ])("refuses %j, whatever a contract says of types", (wrong) => {
    const here = site(ADDED);
    const msg = { method: "create_flavor", version: "2.0", args: { ...PICO, ...wrong } };
    expect(failure(here, here.rpc.call(here.ctxt, "conductor", msg))).toBeInstanceOf(InvalidInput);
    expect(here.bed.db.instance_types.first({ name: "m1.pico" })).toBeUndefined();
  });

  it("shows a private flavor to admins and not to others (nova §6)", () => {
    const here = site(ADDED);
    const { bed, flavors, ctxt } = here;
    bed.run(flavors.create_flavor(ctxt, { ...PICO, is_public: false }));
    expect(failure(here, flavors.get_flavor(bed.ctxt, { flavorid: "43" }))).toBeInstanceOf(
      FlavorNotFound,
    );
  });

  it("makes an id for a flavor that comes without one", () => {
    const { bed, flavors, ctxt } = site(ADDED);
    const { flavorid: _, ...rest } = PICO;
    expect(bed.run(flavors.create_flavor(ctxt, rest)).flavorid).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("deletes for a cast as well, which tells nobody how it went", () => {
    const { bed, rpc, ctxt } = site(ADDED);
    const msg = { method: "delete_flavor", version: "2.0", args: { flavorid: "42" } };
    bed.run(rpc.cast(ctxt, "conductor", msg));
    bed.run(rpc.cast(ctxt, "conductor", msg));
    bed.kernel.settle();
    expect(bed.db.instance_types.first({ flavorid: "42" })).toBeUndefined();
    expect(bed.of("rpc.failure")).toEqual([]);
  });
});

it("is refused when its flag names a class that there is not (SVC-04)", () => {
  const bed = new NovaBed({ "conductor.manager": "mymodule.flavors.Missing" });
  expect(() => novaConductor(bed.nova("nova-conductor"), bed.db)).toThrow(
    "Class Missing cannot be found (mymodule.flavors.Missing)",
  );
});
