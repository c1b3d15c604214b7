import { describe, expect, it } from "vitest";
import {
  ClientException,
  CommandError,
  Conflict,
  NovaApi,
  type BootOptions,
} from "../../src/clients/index.js";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import type { Op } from "../../src/kernel/index.js";
import { ADDRESS, ADMIN, Bed } from "./bed.js";

const T3: BootOptions = { name: "t3", flavor: "m1.nano", image: "cirros", networks: ["private"] };

function started(options: CloudSetup = {}): { bed: Bed; nova: NovaApi } {
  const bed = new Bed(options);
  return { bed, nova: new NovaApi(bed.env, ADMIN, (kind, name) => bed.cloud.id(kind, name)) };
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
    const { bed, nova } = started();
    const server = bed.do(nova.boot(T3));
    expect(server).toMatchObject({ id: bed.id("server", "t3"), name: "t3", status: "BUILD" });
    expect(server.adminPass).toMatch(/^\w{12}$/);
    const [called, created] = [bed.requests, bed.bodies[1]];
    bed.mark();
    bed.run(`nova boot t3 --flavor m1.nano --image cirros --nic net-id=${bed.network}`);
    // The last one reads the new server, of which each has one of its own.
    expect(called.slice(0, -1)).toEqual(bed.requests.slice(0, called.length - 1));
    expect(created).toEqual(bed.bodies[1]);
  });

  it("creates without a look at the server", () => {
    const { bed, nova } = started();
    const { id } = bed.do(nova.create({ ...T3, count: { min: 2, max: 3 } }));
    expect(bed.requests.at(-1)).toBe("POST /servers");
    expect(bed.bodies.at(-1)).toMatchObject({ server: { min_count: 2, max_count: 3 } });
    const made = bed.do(nova.list({ name: "^t3-" }));
    expect(made.map((server) => server.id)).toContain(id);
    expect(made).toHaveLength(3);
  });

  it("logs in once for many calls", () => {
    const { bed, nova } = started({ flags: { shelved_offload_time: -1 } });
    const { server } = bed;
    for (const op of [
      nova.shelve("t2"),
      nova.shelveOffload(server),
      nova.unshelve("t2"),
      nova.delete("t2"),
    ]) {
      bed.do(op);
      bed.cloud.settle();
    }
    expect(bed.requests.filter((line) => line === "POST /v2.0/tokens")).toHaveLength(1);
    expect(bed.bodies.slice(1)).toEqual([
      { shelve: null },
      { shelveOffload: null },
      { unshelve: null },
    ]);
    expect(bed.do(nova.list())).toEqual([]);
  });

  it("asks for any action that nova-api knows, and hands on what it refuses", () => {
    const { bed, nova } = started();
    bed.do(nova.action("t2", "os-stop"));
    bed.cloud.settle();
    expect(bed.do(nova.show("t2")).status).toBe("SHUTOFF");
    expect(bed.do(caught(nova.action("t2", "dance")))).toMatchObject({ name: "BadRequest" });
  });

  it("reads servers, flavors, images and services", () => {
    const { bed, nova } = started();
    expect(bed.do(nova.list({ name: "t2" })).map(({ id }) => id)).toEqual([bed.server]);
    expect(bed.do(nova.show("t2")).addresses["private"]?.[0]?.addr).toBe(ADDRESS);
    const nano = bed.do(nova.flavors({ all: true })).find(({ name }) => name === "m1.nano");
    expect(nano?.ram).toBe(64);
    expect(bed.do(nova.images())[0]?.id).toBe(bed.image);
    expect(bed.do(nova.services({ host: "compute-1" }))[0]?.binary).toBe("nova-compute");
    expect(bed.requests.at(-1)).toBe("GET /os-services?host=compute-1");
  });

  it("throws by class, with status, explanation and request", () => {
    const { bed, nova } = started();
    bed.do(nova.shelve("t2"));
    bed.cloud.settle();
    const error = bed.do(caught(nova.shelve("t2")));
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toBeInstanceOf(ClientException);
    const { explanation, requestId = "", message } = error as ClientException;
    expect(error).toMatchObject({ name: "Conflict", code: 409 });
    expect(explanation).toBe("Cannot 'shelve' while instance is in vm_state shelved_offloaded");
    expect(requestId).toMatch(/^req-/);
    expect(message).toBe(`${explanation} (HTTP 409) (Request-ID: ${requestId})`);
  });

  it("says which network it does not know", () => {
    const { bed, nova } = started();
    const error = bed.do(caught(nova.boot({ ...T3, networks: ["public"] })));
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toHaveProperty("message", 'There is no network named "public".');
  });
});
