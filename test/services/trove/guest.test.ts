/**
 * What is asked of the MySQL inside a guest, and what becomes of it when the guest's agent is away. Upstream:
 * trove/tests/api/databases.py, users.py, root.py, trove/tests/unittests/guestagent/test_api.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes } from "../../../src/kernel/index.js";
import { TroveBed } from "./bed.js";

describe("databases and users", () => {
  const bed = new TroveBed();
  const id = bed.active({ databases: [{ name: "one" }] });
  const at = `/instances/${id}`;
  const shop = { name: "shop", character_set: "latin2", collate: "latin2_general_ci" };

  it("are made, listed by name in pages, and deleted", () => {
    expect(bed.ask("POST", `${at}/databases`, { databases: [shop, { name: "two" }] }).status).toBe(
      202,
    );
    expect(bed.names(`${at}/databases`, "databases")).toEqual(["one", "shop", "two"]);
    const page = bed.ask("GET", `${at}/databases?limit=2`).body;
    expect(page["databases"]).toHaveLength(2);
    expect(JSON.stringify(page["links"])).toContain("marker=shop");
    expect(bed.names(`${at}/databases?marker=shop`, "databases")).toEqual(["two"]);
    expect(bed.ask("DELETE", `${at}/databases/two`).status).toBe(202);
    expect(bed.names(`${at}/databases`, "databases")).toEqual(["one", "shop"]);
    expect(bed.ask("POST", `${at}/databases`, { databases: [{ name: "lost+found" }] }).status).toBe(
      400,
    );
  });

  it("belong together by grants, and a user is a name at a host", () => {
    const users = [{ name: "joe", password: "pw", databases: [{ name: "one" }] }];
    expect(bed.ask("POST", `${at}/users`, { users }).status).toBe(202);
    expect(bed.list(`${at}/users`, "users")).toEqual([
      { name: "joe", host: "%", databases: [{ name: "one" }] },
    ]);
    const grant = bed.ask("PUT", `${at}/users/joe/databases`, { databases: [{ name: "shop" }] });
    expect(grant.status).toBe(202);
    expect(bed.names(`${at}/users/joe/databases`, "databases")).toEqual(["one", "shop"]);
    expect(bed.ask("DELETE", `${at}/users/joe/databases/one`).status).toBe(202);
    expect(bed.names(`${at}/users/joe/databases`, "databases")).toEqual(["shop"]);
    expect(bed.ask("PUT", `${at}/users/joe`, { user: { name: "ann", host: "10.1" } }).status).toBe(
      400,
    );
    expect(
      bed.ask("PUT", `${at}/users/joe`, { user: { name: "ann", host: "10.0.0.1" } }).status,
    ).toBe(202);
    expect(bed.ask("GET", `${at}/users/joe`).status).toBe(404);
    expect(bed.ask("GET", `${at}/users/ann@10.0.0.1`).body).toEqual({
      user: { name: "ann", host: "10.0.0.1", databases: [{ name: "shop" }] },
    });
    expect(bed.ask("DELETE", `${at}/users/ann@10.0.0.1`).status).toBe(202);
    expect(bed.list(`${at}/users`, "users")).toEqual([]);
  });

  it("have a root of which it is remembered that it was enabled", () => {
    expect(bed.ask("GET", `${at}/root`).body).toEqual({ rootEnabled: false });
    const { body } = bed.ask("POST", `${at}/root`);
    expect(body).toMatchObject({ user: { name: "root" } });
    expect((body["user"] as { password: string }).password).toHaveLength(36);
    expect(bed.ask("GET", `${at}/root`).body).toEqual({ rootEnabled: true });
    expect(bed.names(`${at}/users`, "users")).not.toContain("root");
  });

  it("are still there after a restart of MySQL", () => {
    expect(bed.action(id, { restart: {} }).status).toBe(202);
    expect(bed.status(id)).toBe("REBOOT");
    expect(bed.action(id, { restart: {} }).status).toBe(422);
    bed.cloud.advance("30s");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(bed.names(`${at}/databases`, "databases")).toEqual(["one", "shop"]);
  });
});

describe("an agent in its guest", () => {
  it("is there as long as its guest runs, and answers nobody when it is away (other-services §9.5: agent_call_low_timeout, guest dies when ACTIVE; test_rpc_call_exception)", () => {
    const bed = new TroveBed();
    const id = bed.made({ databases: [{ name: "one" }] });
    expect(bed.agents()).toEqual([]);
    bed.cloud.advance("130s");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(bed.show(id)["volume"]).toMatchObject({ size: 1, used: expect.any(Number) as number });

    expect(bed.agents()).toEqual(["trove-guestagent@db"]);
    bed.cloud.crash("trove-guestagent@db");
    bed.cloud.advance("5m");
    expect(bed.status(id)).toBe("ACTIVE");
    expect(bed.show(id)["volume"]).toEqual({ size: 1 });
    expect(bed.refused("GET", `/instances/${id}/databases`)).toEqual([
      "badRequest",
      "An error occurred communicating with the guest: Timeout while waiting on RPC response - " +
        `topic: "guestagent.${id}", RPC method: "list_databases" info: "<unknown>".`,
    ]);

    bed.cloud.start("trove-guestagent@db");
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual(["one"]);
    bed.ask("DELETE", `/instances/${id}`);
    bed.cloud.advance("30s");
    expect(bed.agents()).toEqual([]);
  });

  it("is not to be had for a word that nobody can send (test_rpc_cast_exception)", () => {
    const bed = new TroveBed({ flags: { "trove-api": { rabbit_max_retries: 1 } } });
    const id = bed.active({ databases: [{ name: "one" }] });
    bed.cloud.inject({ restart_broker: { down: minutes(1) } });
    const [fault, words] = bed.refused("DELETE", `/instances/${id}/databases/one`);
    expect(fault).toBe("badRequest");
    expect(words).toMatch(
      /^An error occurred communicating with the guest: Unable to connect to AMQP server/u,
    );
    expect(bed.logged()).toContain("Error calling delete_database");
  });

  it("says what it has to say when the conductor is back, and an older word counts no more (other-services §9.5: conductor down)", () => {
    const bed = new TroveBed();
    bed.cloud.stop("trove-conductor@controller");
    const id = bed.made();
    bed.cloud.advance("3m");
    expect(bed.status(id)).toBe("BUILD");
    bed.cloud.start("trove-conductor@controller");
    bed.cloud.advance("10s");
    expect(bed.status(id)).toBe("ACTIVE");
  });

  it("does not know who it is without a config drive, and says nothing", () => {
    const bed = new TroveBed({ flags: { "nova-compute": { force_config_drive: "" } } });
    const id = bed.made();
    bed.cloud.advance("11m");
    expect(bed.status(id)).toBe("ERROR");
    expect(bed.agents()).toEqual([]);
    expect(bed.show(id)["volume"]).toEqual({ size: 1 });
  });

  it("does not mind that nova-compute is away", () => {
    const bed = new TroveBed();
    const id = bed.active();
    bed.cloud.crash("nova-compute@compute-1");
    bed.cloud.advance("1m");
    expect(bed.agents()).toEqual(["trove-guestagent@db"]);
    expect(bed.names(`/instances/${id}/databases`, "databases")).toEqual([]);
  });
});
