/** Request contexts: messaging §D1. */
import { describe, expect, it } from "vitest";
import {
  Bus,
  RpcClient,
  RpcServer,
  call,
  cast,
  clientOf,
  defineRpcApi,
  endpoint,
} from "../../src/bus/index.js";
import { RequestContext, contextFromWire, contextSerializer } from "../../src/framework/index.js";
import { Kernel, type Op } from "../../src/kernel/index.js";
import { ValueError, toJson, type JsonObject } from "../../src/python/index.js";

const VALUES = {
  request_id: "req-1",
  user_id: "u1",
  project_id: "p1",
  roles: ["member"],
  remote_address: "192.0.2.1",
  timestamp: "2014-09-18T04:03:09.000000",
  auth_token: "t",
  quota_class: "gold",
  user_name: "demo",
  project_name: "demo",
  service_catalog: [{ type: "volume", endpoints: [] }],
  instance_lock_checked: true,
} as const;

describe("a context", () => {
  it("goes over the wire with upstream's keys, and comes back the same", () => {
    const ctxt = new RequestContext(VALUES);
    const wire = toJson(ctxt) as JsonObject;
    expect(wire).toEqual({
      ...VALUES,
      is_admin: false,
      read_deleted: "no",
      tenant: "p1",
      user: "u1",
    });
    expect(contextFromWire(wire)).toEqual(ctxt);
    expect(contextFromWire(wire).toWire()).toEqual(wire);
  });

  it("drops keys that it does not know, and services that Nova does not call for the user", () => {
    const types = ["compute", "volume", "image", "volumev2"];
    const ctxt = contextFromWire({
      request_id: "req-1",
      unknown: 1,
      service_catalog: types.map((type) => ({ type })),
    });
    expect(ctxt).not.toHaveProperty("unknown");
    expect(ctxt.service_catalog).toEqual([{ type: "volume" }, { type: "volumev2" }]);
  });

  it("is an admin's if told so, or if a role is admin in any case", () => {
    const of = (values: object): boolean =>
      new RequestContext({ request_id: "r", ...values }).is_admin;
    expect([
      of({}),
      of({ roles: ["Admin"] }),
      of({ roles: ["administrator"] }),
      of({ is_admin: true }),
      of({ is_admin: false, roles: ["admin"] }),
    ]).toEqual([false, true, false, true, false]);
  });

  it("refuses to read deleted rows in a way that there is not", () => {
    expect(() => contextFromWire({ request_id: "r", read_deleted: "maybe" })).toThrow(ValueError);
  });
});

describe("elevated", () => {
  it("is the same request with an admin's powers, a role of which the original has too (CTX-02)", () => {
    const ctxt = new RequestContext(VALUES);
    const admin = ctxt.elevated("yes");
    expect(admin).toMatchObject({
      ...VALUES,
      is_admin: true,
      roles: ["member", "admin"],
      read_deleted: "yes",
    });
    // nova/context.py at 2014.2 (elevated): copy.copy is shallow, and then the list is appended to.
    expect(ctxt).toMatchObject({
      ...{ is_admin: false, read_deleted: "no" },
      roles: ["member", "admin"],
    });
    expect(admin.elevated().roles).toEqual(["member", "admin"]);
    expect(admin.elevated().read_deleted).toBe("yes");
  });

  it("is what goes over the wire afterwards, even if the original went before", () => {
    const ctxt = new RequestContext(VALUES);
    const before = ctxt.toWire();
    expect(ctxt.elevated().toWire()).toMatchObject({ is_admin: true, roles: ["member", "admin"] });
    expect(ctxt.toWire()).toMatchObject({ is_admin: false, roles: ["member", "admin"] });
    expect(before).toMatchObject({ roles: ["member"] });
  });
});

describe("a request id", () => {
  it("is the same in every hop of one request (CTX-03, RPC-87)", () => {
    const api = defineRpcApi({
      topic: "t",
      version: "1.0",
      methods: { outer: call<object, string>(), inner: cast<object>() },
    });
    const kernel = new Kernel();
    const bus = new Bus(kernel);
    const link = bus.connect({ actor: "t@h", exchange: "nova" });
    const self = clientOf(api, new RpcClient(link, contextSerializer));
    const seen: (string | undefined)[] = [];
    const manager = {
      *outer(ctxt: RequestContext): Op<string> {
        yield* self.inner(ctxt.elevated(), {});
        return ctxt.request_id;
      },
      *inner(ctxt: RequestContext): Op<void> {
        seen.push(ctxt.request_id, kernel.current?.request, ctxt.roles.join());
      },
    };
    new RpcServer<RequestContext>(link, {
      topic: "t",
      server: "h",
      serializer: contextSerializer,
      endpoints: [endpoint<typeof api, RequestContext>(api, manager)],
      onError: (error) => {
        throw error;
      },
    }).start();
    const ctxt = new RequestContext(VALUES);
    expect(kernel.complete(self.outer(ctxt, {}), { name: "test" })).toBe("req-1");
    kernel.settle();
    expect(seen).toEqual(["req-1", "req-1", "member,admin"]);
  });
});
