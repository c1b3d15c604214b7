import { describe, expect, it } from "vitest";
import {
  ClientException,
  CommandError,
  Conflict,
  NovaApi,
  type BootOptions,
} from "../../src/clients/index.js";
import type { Op } from "../../src/kernel/index.js";
import { FakeCloud, IMAGE, NETWORK, NEW_SERVER, REQUEST, SERVER } from "./fake-cloud.js";

const T3: BootOptions = { name: "t3", flavor: "m1.nano", image: "cirros", networks: ["private"] };

function started(): { cloud: FakeCloud; nova: NovaApi } {
  const cloud = new FakeCloud();
  const nova = new NovaApi(cloud.env, cloud.user, (kind, name) =>
    kind === "network" && name === "private" ? NETWORK : undefined,
  );
  return { cloud, nova };
}

function* caught(op: Op<unknown>): Op<unknown> {
  try {
    return yield* op;
  } catch (error) {
    return error;
  }
}

describe("NovaApi", () => {
  it("boots with the requests of the command line and hands the server back", () => {
    const { cloud, nova } = started();
    const server = cloud.do(nova.boot(T3));
    expect(server).toMatchObject({ id: NEW_SERVER, status: "BUILD", adminPass: "pOGK5Pz5Yasd" });
    const typed = cloud.requests.splice(0);
    cloud.run(`nova boot t3 --flavor m1.nano --image cirros --nic net-id=${NETWORK}`);
    expect(typed).toEqual(cloud.requests.slice(0, typed.length));
    expect(cloud.bodies[1]).toEqual(cloud.bodies[3]);
  });

  it("creates without a look at the server", () => {
    const { cloud, nova } = started();
    expect(cloud.do(nova.create({ ...T3, count: { min: 2, max: 3 } })).id).toBe(NEW_SERVER);
    expect(cloud.requests.at(-1)).toBe("POST /servers");
    expect(cloud.bodies.at(-1)).toMatchObject({ server: { min_count: 2, max_count: 3 } });
  });

  it("logs in once for many calls", () => {
    const { cloud, nova } = started();
    cloud.do(nova.shelve("t2"));
    cloud.do(nova.shelveOffload(SERVER));
    cloud.do(nova.unshelve("t2"));
    cloud.do(nova.delete("t2"));
    expect(cloud.requests.filter((line) => line === "POST /v2.0/tokens")).toHaveLength(1);
    expect(cloud.bodies.slice(1)).toEqual([
      { shelve: null },
      { shelveOffload: null },
      { unshelve: null },
    ]);
    expect(cloud.servers.size).toBe(0);
  });

  it("reads servers, flavors, images and services", () => {
    const { cloud, nova } = started();
    expect(cloud.do(nova.list({ name: "t2" })).map(({ id }) => id)).toEqual([SERVER]);
    expect(cloud.do(nova.show("t2")).addresses["private"]?.[0]?.addr).toBe("192.168.1.82");
    expect(cloud.do(nova.flavors({ all: true }))[0]?.ram).toBe(64);
    expect(cloud.do(nova.images())[0]?.id).toBe(IMAGE);
    expect(cloud.do(nova.services({ host: "compute-1" }))[0]?.binary).toBe("nova-compute");
    expect(cloud.requests.at(-1)).toBe("GET /os-services?host=compute-1");
  });

  it("throws by class, with status, explanation and request", () => {
    const { cloud, nova } = started();
    cloud.fail(`POST /servers/${SERVER}/action`, 409, "conflictingRequest", "locked");
    const error = cloud.do(caught(nova.shelve("t2")));
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toBeInstanceOf(ClientException);
    expect(error).toMatchObject({
      name: "Conflict",
      code: 409,
      explanation: "locked",
      requestId: REQUEST,
      message: `locked (HTTP 409) (Request-ID: ${REQUEST})`,
    });
  });

  it("says which network it does not know", () => {
    const { cloud, nova } = started();
    const error = cloud.do(caught(nova.boot({ ...T3, networks: ["public"] })));
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toHaveProperty("message", 'There is no network named "public".');
  });
});
