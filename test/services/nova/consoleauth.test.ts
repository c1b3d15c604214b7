/** Tokens of consoles: nova/consoleauth/{manager,rpcapi}.py, nova/openstack/common/memorycache.py at 2014.2. */
import { beforeEach, describe, expect, test } from "vitest";
import type { RpcSent } from "../../../src/bus/observations.js";
import { seconds } from "../../../src/kernel/index.js";
import { novaConsoleauth } from "../../../src/services/nova/consoleauth/index.js";
import { consoleauthApi } from "../../../src/services/nova/consoleauth/rpcapi.js";
import { ConsoleTypeUnavailable, NovaException } from "../../../src/services/nova/exception.js";
import type { FlagValues } from "../../../src/framework/index.js";
import { baseApi, type Process } from "../../../src/framework/index.js";
import { uuid } from "./bed.js";
import { ComputeBed } from "./compute/bed.js";

class Bed extends ComputeBed {
  readonly consoles = this.client(consoleauthApi);
  process: Process;

  constructor(flags: FlagValues = {}) {
    super(flags);
    this.process = this.startConsoleauth();
    this.startCompute();
  }

  startConsoleauth(): Process {
    return this.start(novaConsoleauth(this.nova("nova-consoleauth"), this.db));
  }

  /** An ACTIVE server on c1. */
  built(n = 1): void {
    this.build(this.server(n));
    this.wait(seconds(10));
    this.event("network-vif-plugged", "completed", n);
    this.settle();
    expect(this.stored(n)).toMatchObject({ vm_state: "active" });
  }

  authorize(token: string, port: string | number = "5900", console_type = "novnc", n = 1): void {
    const access = { token, console_type, host: "10.0.0.31", port, internal_access_path: null };
    const call = { ...access, instance_uuid: uuid(n) };
    expect(this.run(this.consoles.authorize_console(this.ctxt, call))).toBeNull();
  }

  check(token: string) {
    return this.run(this.consoles.check_token(this.ctxt, { token }));
  }
}

let bed: Bed;
beforeEach(() => {
  bed = new Bed();
  bed.built();
});

describe("a token", () => {
  test("lets in to what it was made for, as its host confirms", () => {
    bed.authorize("t");
    bed.forget();
    expect(bed.check("t")).toEqual({
      token: "t",
      instance_uuid: uuid(1),
      console_type: "novnc",
      host: "10.0.0.31",
      port: "5900",
      internal_access_path: null,
      last_activity_at: expect.closeTo(1_411_012_989, -3) as number,
    });
    expect(
      bed.of<RpcSent>("rpc.call").map(({ topic, method, version }) => [topic, method, version]),
    ).toEqual([
      ["consoleauth", "check_token", "2.0"],
      ["compute", "validate_console_port", "3.3"],
    ]);
  });

  test("that nobody made is none", () => {
    expect(bed.check("t")).toBeNull();
    expect(bed.check("__proto__")).toBeNull();
  });

  test.each([
    ["another port", "5901", "novnc"],
    ["a port that is a number, where the XML has a text", 5900, "novnc"],
  ])("for %s is none", (_what, port, type) => {
    bed.authorize("t", port, type);
    expect(bed.check("t")).toBeNull();
  });

  test.each(["spice-html5", "serial"])("for %s is an error where there is none", (type) => {
    bed.authorize("t", "5900", type);
    expect(() => bed.check("t")).toThrow(ConsoleTypeUnavailable);
  });

  test("of a server that is switched off leads nowhere", () => {
    bed.authorize("t");
    const off = bed.compute.prepare({ server: "c1" });
    bed.action(uuid(1), "stop");
    bed.db.instances.update(uuid(1), { task_state: "powering-off" });
    bed.run(off.stop_instance(bed.ctxt, { instance: bed.reload() }));
    bed.settle();
    expect(bed.check("t")).toBeNull();
  });

  test("of a server on no host is an error (_compute_host)", () => {
    bed.authorize("t");
    bed.db.instances.update(uuid(1), { host: null });
    expect(() => bed.check("t")).toThrow(NovaException);
    expect(() => bed.check("t")).toThrow(`Unable to find host for Instance ${uuid(1)}`);
  });

  test("lasts for console_token_ttl, to the second", () => {
    const short = new Bed({ console_token_ttl: 20 });
    short.built();
    short.wait(seconds(1) - (short.kernel.now % seconds(1)));
    short.authorize("t");
    short.wait(seconds(18));
    expect(short.check("t")).not.toBeNull();
    short.wait(seconds(2));
    expect(short.check("t")).toBeNull();
  });

  test("is forgotten when the process ends: it was in its memory", () => {
    bed.authorize("t");
    bed.process.crash();
    bed.process = bed.startConsoleauth();
    bed.wait(seconds(5));
    expect(bed.check("t")).toBeNull();
  });
});

test("all tokens of a server go with it: terminate casts to consoleauth after delete.end", () => {
  bed.authorize("t1");
  bed.authorize("t2");
  bed.forget();
  bed.terminate();
  bed.settle();
  const [cast] = bed.of<RpcSent>("rpc.cast").filter(({ topic }) => topic === "consoleauth");
  expect(cast).toMatchObject({
    from: "nova-compute@c1",
    method: "delete_tokens_for_instance",
    version: "2.0",
    args: { instance_uuid: uuid(1) },
  });
  expect(bed.notified().at(-1)).toBe("compute.instance.delete.end");
  expect([bed.check("t1"), bed.check("t2")]).toEqual([null, null]);
});

test.each([
  [{ vnc_enabled: false }, 0],
  [{ vnc_enabled: false, spice_enabled: true }, 1],
])("with %j a terminate casts %i times", (flags, times) => {
  const other = new Bed(flags);
  other.built();
  other.terminate();
  other.settle();
  const casts = other.of<RpcSent>("rpc.cast").filter(({ topic }) => topic === "consoleauth");
  expect(casts).toHaveLength(times);
});

test("it is a service like others: a record, heartbeats, ping (nova/service.py)", () => {
  const row = () => bed.db.services.first({ binary: "nova-consoleauth" });
  expect(row()).toMatchObject({ host: "controller", topic: "consoleauth", disabled: false });
  const before = row()!.report_count;
  bed.wait(seconds(30));
  expect(row()!.report_count).toBeGreaterThan(before);
  const base = bed.client(baseApi("consoleauth"));
  expect(bed.run(base.ping(bed.ctxt, { arg: "x" }))).toEqual({ service: "consoleauth", arg: "x" });
});

test("a token that is too old stays in a server's list behind another: the list is cut while it is walked", () => {
  const short = new Bed({ console_token_ttl: 60 });
  short.built(1);
  short.built(2);
  for (const token of ["a", "b", "c"]) short.authorize(token);
  short.wait(seconds(61));
  short.authorize("d");
  // Made anew for another server, b is deleted with the first one's all the same.
  short.authorize("b", "5901", "novnc", 2);
  expect(short.check("b")).not.toBeNull();
  short.run(short.consoles.delete_tokens_for_instance(short.ctxt, { instance_uuid: uuid(1) }));
  short.settle();
  expect([short.check("d"), short.check("b")]).toEqual([null, null]);
});
