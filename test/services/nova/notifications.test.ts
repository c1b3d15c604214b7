/**
 * Payloads of notifications about instances: nova/notifications.py (info_from_instance),
 * nova/compute/utils.py (notify_about_instance_usage, exception_to_dict), nova/exception.py
 * (wrap_exception), nova/rpc.py (JsonPayloadSerializer) at 2014.2.
 */
import { describe, expect, test } from "vitest";
import { RemoteError } from "../../../src/bus/index.js";
import { RequestContext } from "../../../src/framework/index.js";
import { ValueError, type Exception } from "../../../src/python/index.js";
import { InstanceNotFound, NoValidHost } from "../../../src/services/nova/exception.js";
import { exceptionToDict } from "../../../src/services/nova/faults.js";
import {
  asObject,
  instanceInfo,
  notifyAboutInstanceUsage,
  novaNotifier,
  type InstanceValues,
} from "../../../src/services/nova/notifications.js";
import { networkRequestList } from "../../../src/services/nova/objects/network-request.js";
import { payloadOf, primitive } from "../../../src/services/nova/objects/wire/primitive.js";
import { NovaBed, uuid } from "./bed.js";
import { ComputeBed } from "./compute/bed.js";

const bed = () => new NovaBed({ notification_driver: ["messaging"] });

const told = (nova: NovaBed) =>
  nova.of<{
    kind: "notification";
    event_type: string;
    publisher_id: string;
    priority: string;
    payload: unknown;
  }>("notification");

/** `NoValidHost` as it comes back from afar: of the same class, with a traceback in its text. */
function remote(): NoValidHost {
  const error = new NoValidHost({ reason: "" });
  error.message += "\nTraceback (most recent call last):\n\n  File\n\nNoValidHost: no\n";
  return error;
}

describe("dates of an instance", () => {
  const instance = bed().instance(1, { launched_at: "2014-09-18T04:03:10.250000" });
  instance.terminated_at = "2014-09-18T05:00:00.125000";

  test("created_at of an object is str() of a date with a zone, the others are strtime or empty", () => {
    expect(instanceInfo(asObject(instance))).toMatchObject({
      created_at: "2014-09-18 04:03:09+00:00",
      // A column has no fraction; what was set in memory has.
      launched_at: "2014-09-18T04:03:10.000000",
      terminated_at: "2014-09-18T05:00:00.125000",
      deleted_at: "",
    });
  });

  test("a row's has no zone, and a dictionary off the bus has texts, which stay as they are", () => {
    const values = primitive(instance) as unknown as InstanceValues;
    expect(instanceInfo({ kind: "row", values })["created_at"]).toBe("2014-09-18 04:03:09");
    expect(instanceInfo({ kind: "text", values })).toMatchObject({
      created_at: "2014-09-18T04:03:09.000000",
      launched_at: "2014-09-18T04:03:10.000000",
    });
  });
});

test("what is None or 0 is an empty text where null_safe_* stands, and null elsewhere", () => {
  const info = instanceInfo(asObject(bed().instance(1, { progress: 0, task_state: null })));
  expect(info).toMatchObject({
    ...{ progress: "", state_description: "", cell_name: "", terminated_at: "" },
    ...{ host: null, node: null, availability_zone: null, os_type: null, access_ip_v4: null },
    image_ref_url: expect.stringMatching(/^http:\/\/controller:9292\/images\//) as string,
  });
  expect(instanceInfo(asObject(bed().instance(1, { progress: 40 })))["progress"]).toBe(40);
});

describe("the priority of an instance event (notify_about_instance_usage)", () => {
  test.each([
    ["create.error", "ERROR"],
    ["create.end", "INFO"],
    ["error.start", "INFO"],
  ])("%s is %s", (suffix, priority) => {
    const nova = bed();
    const env = nova.nova("nova-compute", "c1");
    const notify = notifyAboutInstanceUsage(
      novaNotifier(env, "compute"),
      nova.ctxt,
      asObject(nova.instance(1)),
      suffix,
    );
    nova.run(notify);
    expect(told(nova)).toMatchObject([
      {
        event_type: `compute.instance.${suffix}`,
        priority,
        topic: `notifications.${priority.toLowerCase()}`,
      },
    ]);
  });
});

describe("a fault in a payload", () => {
  test("is the exception's __dict__, its text without traceback, and its code", () => {
    const nova = bed();
    const notify = notifyAboutInstanceUsage(
      novaNotifier(nova.nova("nova-compute", "c1"), "compute"),
      nova.ctxt,
      asObject(nova.instance(1)),
      "create.error",
      { fault: remote(), extra: { message: "not this one" } },
    );
    nova.run(notify);
    expect(told(nova)[0]).toMatchObject({
      payload: {
        exception: { kwargs: { reason: "", code: 500 } },
        message: "No valid host was found. ",
        code: 500,
      },
    });
  });

  test.each<[string, Exception, string, number]>([
    [
      "a code of its own",
      new InstanceNotFound({ instance_id: "i" }),
      "Instance i could not be found.",
      404,
    ],
    ["no text", new ValueError(""), "ValueError", 500],
    ["a text that is long", new ValueError("x".repeat(300)), "x".repeat(255), 500],
    [
      "no format_message: with all that its text has",
      new RemoteError("KeyError", "'a'", ["Traceback (most recent call last):\n"]),
      "Remote error: KeyError 'a'\n[u'Traceback (most recent call last):\\n'].",
      500,
    ],
  ])("of one with %s", (_what, error, message, code) => {
    expect(exceptionToDict(error)).toEqual({ message, code });
  });
});

describe("an error of a method of nova-compute's", () => {
  /** What is told when a method fails: the request has no action on the server. */
  function failure(fail: (compute: ComputeBed) => void): Record<string, Record<string, unknown>> {
    const compute = new ComputeBed();
    const host = { host: "c1", node: "c1" };
    compute.instance(1, { ...host, vm_state: "active", task_state: "powering-off" });
    fail(compute);
    compute.settle();
    const [event] = told(compute).filter(({ priority }) => priority === "ERROR");
    expect(event).toMatchObject({ event_type: "stop_instance", publisher_id: "compute.c1" });
    return event!.payload as Record<string, Record<string, unknown>>;
  }

  const overTheBus = (compute: ComputeBed): void => {
    compute.db.instances.update(uuid(1), { task_state: null });
    compute.startCompute();
    const host = compute.compute.prepare({ server: "c1" });
    compute.run(host.stop_instance(compute.ctxt, { instance: compute.reload() }));
  };

  test("is told with its __dict__ and the arguments as flat dictionaries", () => {
    const { exception, args } = failure(overTheBus);
    const kwargs = { request_id: "req-1", instance_uuid: uuid(1), code: 500 };
    expect(exception).toEqual({ kwargs });
    expect(Object.keys(args!).sort()).toEqual(["context", "instance", "self"]);
    expect(args).toMatchObject({
      self: null,
      instance: {
        uuid: uuid(1),
        name: "instance-00000001",
        created_at: expect.stringMatching(/^2014-09-18T04:03:\d\d\.000000$/) as string,
        info_cache: { instance_uuid: uuid(1), network_info: [] },
        security_groups: { objects: [] },
      },
    });
  });

  test("names the context as it is in memory", () => {
    const { context } = failure(overTheBus)["args"]!;
    expect(context).toMatchObject({ user_id: "alice", auth_token: "token", _read_deleted: "no" });
    expect(context).not.toHaveProperty("tenant");
    expect(context).not.toHaveProperty("read_deleted");
  });

  test("has lost its arguments where the process called itself (getcallargs sees the wrapper)", () => {
    const payload = failure((compute) => {
      compute.startCompute();
    });
    expect(Object.keys(payload["args"]!)).toEqual(["self", "context"]);
  });
});

test("what goes by the name of a password is not told (_cleanse_dict)", () => {
  const compute = new ComputeBed();
  compute.startCompute();
  compute.build(compute.instance(1));
  compute.settle();
  const [event] = told(compute).filter(({ priority }) => priority === "ERROR");
  const { args } = event!.payload as Record<string, Record<string, unknown>>;
  expect(args).toHaveProperty("injected_files");
  expect(args).not.toHaveProperty("admin_password");
});

test("obj_to_primitive makes lists of lists, to_primitive shows what is in them", () => {
  const requests = networkRequestList(bed().store, [
    { network_id: "n", address: null, port_id: null, pci_request_id: null },
  ]);
  const request = { network_id: "n", address: null, port_id: null, pci_request_id: null };
  expect(payloadOf({ requests })).toEqual({ requests: { objects: [request] } });
  expect(payloadOf(new RequestContext({ request_id: "req-1" }))).toMatchObject({ roles: [] });
});
