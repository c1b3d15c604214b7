/**
 * Messages and answers that are not what the code takes them for: what Python raises at upstream's line,
 * who catches it there, and what is left behind. Lines are of nova/compute/manager.py at 2014.2 unless
 * another file is named.
 */
import { describe, expect, it } from "vitest";
import type { Op } from "../../src/kernel/index.js";
import { Exception, type Json, type JsonObject } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";

/** A server that was booted, and what was sent to its host then. */
class Booted {
  readonly whole = new WholeCloud();
  readonly sent: JsonObject;
  readonly #request: string;

  constructor() {
    this.whole.boot();
    const cast = this.whole.seen.find(
      (each) => each.kind === "rpc.cast" && each.method === "build_and_run_instance",
    );
    if (cast?.kind !== "rpc.cast") throw new Error("nothing was built");
    this.sent = cast.args as JsonObject;
    this.#request = cast.request ?? "";
    this.whole.mark();
  }

  /** Call as part of the request of the boot. @returns the error that is answered, or null */
  call(topic: string, method: string, args: Json, version: string): string | null {
    const user = this.whole.cloud.user("demo");
    const ctxt = user.adminContext().with({ request_id: this.#request });
    const message = { method, args: args as object, version };
    const answer = this.whole.cloud.run(
      (function* (): Op<string | null> {
        try {
          yield* user.rpc.call(ctxt, topic, message);
          return null;
        } catch (error) {
          if (!(error instanceof Exception)) throw error;
          return `${error.name}: ${error.message.split("\n")[0] ?? ""}`;
        }
      })(),
    );
    this.whole.rest();
    return answer;
  }

  /** What was logged as an error, without who logged it. */
  get errors(): string[] {
    return this.whole.recent.flatMap((each) =>
      each.kind === "log" && each.level === "error" ? [each.message] : [],
    );
  }
}

const HOST = "compute.compute-1";

describe("a message without what its method takes", () => {
  it("cast by an operator is logged, and the service goes on", () => {
    const whole = new WholeCloud();
    whole.mark();
    expect(whole.type("rpc cast compute.compute-1 shelve_instance --version 3.31").exit).toBe(0);
    whole.rest();
    const [line] = whole.recent.filter((each) => each.kind === "log" && each.level === "error");
    // wrap_instance_event: `keyed_args['instance']['uuid']`.
    expect(line).toMatchObject({
      message: expect.stringMatching(/KeyError: 'instance'$/u) as string,
    });
    whole.boot();
    expect(whole.state).toBe("active/-");
  });

  it("raises in the outermost decorator that reads it: KeyError, no TypeError", () => {
    const booted = new Booted();
    expect(booted.call(HOST, "stop_instance", {}, "3.0")).toBe("KeyError: 'instance'");
    expect(booted.whole.state).toBe("active/-");
  });

  it("raises at the call of the method itself if the decorators miss nothing, and leaves a fault", () => {
    const booted = new Booted();
    const { instance = null } = booted.sent;
    // `def shelve_instance(self, context, instance, image_id, clean_shutdown=True)`.
    expect(booted.call(HOST, "shelve_instance", { instance }, "3.0")).toBe(
      "TypeError: shelve_instance() takes at least 4 arguments (3 given)",
    );
    expect(booted.whole.faults()).toEqual([
      expect.stringMatching(/^500 shelve_instance\(\) takes at least 4 arguments \(3 given\)/u),
    ]);
  });

  it("loses its first error where the handling of it fails (excutils.save_and_reraise_exception)", () => {
    const booted = new Booted();
    // wrap_instance_fault: `kwargs['instance']`, while a TypeError of the method is handled.
    expect(booted.call(HOST, "shelve_offload_instance", {}, "3.0")).toBe("KeyError: 'instance'");
    expect(booted.errors[0]).toBe(
      "Original exception being dropped: ['Traceback (most recent call last):\\n', " +
        `'  File "/usr/lib/python2.7/dist-packages/nova/compute/manager.py", line 314, in decorated_function\\n` +
        "    return function(self, context, *args, **kwargs)\\n', " +
        "'TypeError: shelve_offload_instance() takes exactly 3 arguments (2 given)\\n']",
    );
  });

  it("is refused before all decorators if it names what is passed anyway", () => {
    const booted = new Booted();
    expect(booted.call(HOST, "start_instance", { context: 1 }, "3.0")).toBe(
      "TypeError: wrapped() got multiple values for keyword argument 'context'",
    );
  });
});

describe("an object's method that a message names", () => {
  it.each<[Json, Json, string]>([
    [
      "InstanceList",
      "get_by_magic",
      "AttributeError: type object 'InstanceList' has no attribute 'get_by_magic'",
    ],
    [
      "Nonsense",
      "get",
      "RemoteError: Remote error: UnsupportedObjectError Unsupported object type Nonsense",
    ],
    [{}, "get", "TypeError: unhashable type: 'dict'"],
    ["InstanceList", 7, "TypeError: getattr(): attribute name must be string"],
  ])("%j, %j: %s (nova/conductor/manager.py, _object_dispatch)", (objname, objmethod, error) => {
    const args = { objname, objmethod, objver: "1.0", args: [], kwargs: {} };
    expect(new Booted().call("conductor", "object_class_action", args, "2.0")).toBe(error);
  });
});

describe("a message with something else in its place", () => {
  it.each<[Json, string]>([
    [null, "TypeError: 'NoneType' object has no attribute '__getitem__'"],
    ["abc", "TypeError: string indices must be integers"],
    [[], "TypeError: list indices must be integers, not str"],
    [{}, "KeyError: 'uuid'"],
    [7, "TypeError: 'int' object has no attribute '__getitem__'"],
  ])("%j for an instance", (instance, text) => {
    expect(new Booted().call(HOST, "stop_instance", { instance }, "3.0")).toBe(text);
  });

  it("is an object of a class or version that there is not (objects/base.py, obj_class_from_name)", () => {
    const booted = new Booted();
    const { instance } = booted.sent as { instance: JsonObject };
    const stop = (change: JsonObject): string | null =>
      booted.call(HOST, "stop_instance", { instance: { ...instance, ...change } }, "3.0");
    expect(stop({ "nova_object.name": "Moon" })).toBe(
      "RemoteError: Remote error: UnsupportedObjectError Unsupported object type Moon",
    );
    expect(stop({ "nova_object.version": "1.99" })).toBe(
      "RemoteError: Remote error: IncompatibleObjectVersion Version 1.99 of Instance is not supported",
    );
    expect(stop({ "nova_object.data": null })).toBe(
      "TypeError: argument of type 'NoneType' is not iterable",
    );
  });

  it("is written by the conductor, and no column takes it (db/sqlalchemy/models.py, ComputeNode)", () => {
    const booted = new Booted();
    const args = { node: { id: 1 }, values: { vcpus: "many", moon: 1 } };
    expect(booted.call("conductor", "compute_node_update", args, "2.0")).toBe(
      `RemoteError: Remote error: DBError (DataError) (1366, "Incorrect integer value: 'many' for column 'vcpus' at row 1")`,
    );
  });
});

describe("a call that is answered null", () => {
  function answeredNull(method: string): WholeCloud {
    const whole = new WholeCloud();
    whole.cloud.inject({ lose_reply: { part: "value", method } });
    return whole;
  }

  const errors = (whole: WholeCloud): string[] =>
    whole.recent.flatMap((each) =>
      each.kind === "log" && each.level === "error" ? [each.message] : [],
    );

  it("select_destinations in a boot: past the try, so that the server waits for ever (conductor/manager.py, build_instances)", () => {
    const whole = answeredNull("select_destinations");
    whole.type("nova boot t3 --flavor m1.nano --image cirros --nic net-id=private");
    whole.pass(600);
    expect(whole.state).toBe("building/scheduling");
    expect(whole.faults()).toEqual([]);
    expect(errors(whole)[0]).toMatch(/TypeError: izip argument #2 must support iteration$/u);
  });

  it("select_destinations in an unshelve: `hosts[0]`, and the task state stays (conductor/manager.py, unshelve_instance)", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    whole.cloud.inject({ lose_reply: { part: "value", method: "select_destinations" } });
    whole.type("nova unshelve t3");
    whole.rest();
    expect(whole.state).toBe("shelved_offloaded/unshelving");
    expect(errors(whole)[0]).toMatch(
      /TypeError: 'NoneType' object has no attribute '__getitem__'$/u,
    );
  });

  it("object_action: `updates, result = None`, which the build takes for a failure of the network", () => {
    const whole = new WholeCloud();
    whole.cloud.inject({ lose_reply: { part: "value", method: "object_action", nth: 2 } });
    whole.type("nova boot t3 --flavor m1.nano --image cirros --nic net-id=private");
    whole.pass(120);
    // _build_networks_for_instance saves the task state within _build_resources, which gives up.
    expect(whole.state).toMatch(/^error\//u);
    expect(whole.faults()[0]).toMatch(/Failed to allocate the network\(s\), not rescheduling/u);
  });
});
