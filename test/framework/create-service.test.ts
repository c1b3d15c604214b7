/** A service by convention: from the binary's name to its topic and its manager (messaging §B1). */
import { beforeEach, describe, expect, it } from "vitest";
import { LooseRpc } from "../../src/vintage/index.js";
import { call, defineRpcApi, endpoint, type Endpoint, type Serves } from "../../src/bus/index.js";
import {
  Manager,
  RequestContext,
  contextSerializer,
  createService,
  string,
  type FlagValues,
  type ServicePlan,
  type Env,
} from "../../src/framework/index.js";
import type { Op } from "../../src/kernel/index.js";
import { Exception } from "../../src/python/index.js";
import { TestBed } from "../services/bed.js";

const CTXT = new RequestContext({ request_id: "req-1" });

const api = defineRpcApi({
  topic: "exampleservice",
  version: "1.0",
  methods: { whoami: call<Record<string, never>, string>() },
});

class ExampleServiceManager extends Manager implements Serves<typeof api, RequestContext> {
  readonly role: string = "example";

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(api, this)];
  }

  *whoami(): Op<string> {
    return `${this.role} on ${this.host}`;
  }
}

class OtherManager extends ExampleServiceManager {
  override readonly role = "other";
}

const PATH = "mymodule.exampleservice.ExampleServiceManager";

const plan: ServicePlan = {
  flags: { exampleservice_manager: string(PATH, "Full class name of the manager") },
  classes: { [PATH]: ExampleServiceManager, "mymodule.other.OtherManager": OtherManager },
  serializer: contextSerializer,
};

let bed: TestBed;

beforeEach(() => {
  bed = new TestBed();
});

const around = (binary: string, flags: FlagValues = {}): Env => bed.env(binary, { flags });

/** What a service of that binary says of itself when it is called at `topic`. */
function answer(binary: string, topic: string, flags: FlagValues = {}, more = {}): unknown {
  bed.start(createService(around(binary, flags), { ...plan, ...more }));
  const tester = bed.bus.connect({ actor: "tester@h", exchange: binary.replace(/-.*/, "") });
  const rpc = new LooseRpc(tester, contextSerializer);
  return bed.run(rpc.call(CTXT, topic, { method: "whoami" }));
}

function refusal(binary: string, flags: FlagValues, more: Partial<ServicePlan> = {}): Exception {
  try {
    createService(around(binary, flags), { ...plan, ...more });
  } catch (error) {
    if (error instanceof Exception) return error;
    throw error;
  }
  throw new Error("it was created");
}

describe("Service.create", () => {
  it("takes topic and manager class from the binary nova-exampleservice and its flag (SVC-01)", () => {
    expect(answer("nova-exampleservice", "exampleservice")).toBe("example on controller");
    expect(bed.bus.queues().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["exampleservice", "exampleservice.controller"]),
    );
  });

  it("loads another class when the flag names one", () => {
    const flags = { exampleservice_manager: "mymodule.other.OtherManager" };
    expect(answer("nova-exampleservice", "exampleservice", flags)).toBe("other on controller");
  });

  it("uses the whole of a name without nova- (SVC-02)", () => {
    const flags = { foo_manager: string(PATH, "Full class name of the manager") };
    expect(answer("foo", "foo", {}, { flags })).toBe("example on controller");
  });

  it("serves the topic that is given, and looks the manager up by the binary all the same (B1)", () => {
    expect(answer("nova-exampleservice", "elsewhere", {}, { topic: "elsewhere" })).toBe(
      "example on controller",
    );
  });

  it("needs no flag for a manager that is given", () => {
    const more = { manager: OtherManager, flags: {}, classes: {} };
    expect(answer("nova-whatever", "whatever", {}, more)).toBe("other on controller");
  });

  it("names the flag that nothing defines, and leaves no queue behind (SVC-03)", () => {
    const error = refusal("nova-exampleservice", {}, { flags: {} });
    expect(error).toMatchObject({
      name: "NoSuchOptError",
      message: "no such option: exampleservice_manager",
    });
    expect(bed.bus.queues()).toEqual([]);
  });

  it.each(["mymodule.nowhere.Nothing", "constructor", ""])(
    "refuses the class path %j when it is created, not when it is started (SVC-04)",
    (path) => {
      const error = refusal("nova-exampleservice", { exampleservice_manager: path });
      expect(error.name).toBe("ImportError");
      expect(error.message).toContain(`cannot be found (${path})`);
      expect(bed.bus.queues()).toEqual([]);
    },
  );
});
