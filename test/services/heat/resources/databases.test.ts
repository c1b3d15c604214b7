/** OS::Trove::Instance: heat/engine/resources/os_database.py at 2014.2 (test_os_database.py). */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";
import { BUILT, GONE } from "./bed.js";

const database = (properties: JsonObject): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: {
    db: {
      type: "OS::Trove::Instance",
      properties: { flavor: "m1.nano", size: 1, ...properties },
    },
  },
  outputs: { href: { value: { get_attr: ["db", "href"] } } },
});

const DATABASES = [{ name: "blog" }];
const user = (databases: readonly string[]): JsonObject => ({
  ...{ name: "admin", password: "secret" },
  databases: [...databases],
});

describe("OS::Trove::Instance", () => {
  const services = ["cinder", "heat", "swift", "trove"];

  it("is made with its databases and users, and gone when Trove does not know it (test_osdatabase_create, test_osdatabase_delete_resource)", () => {
    const bed = new StackBed({ services });
    const stack = bed.build("s", database({ databases: DATABASES, users: [user(["blog"])] }));
    expect(bed.state(stack)).toBe(BUILT);
    const [sent] = bed.bodies("POST", /\/instances$/u);
    expect(sent?.body).toEqual({
      instance: {
        name: expect.stringMatching(/^s-db-[a-z2-7]{12}$/u) as string,
        flavorRef: expect.anything() as number,
        volume: { size: 1 },
        databases: [{ name: "blog", character_set: "utf8", collate: "utf8_general_ci" }],
        users: [{ name: "admin", password: "secret", host: "%", databases: [{ name: "blog" }] }],
      },
    });
    expect(bed.outputs(stack)["href"]).toMatch(/\/instances\/[0-9a-f-]{36}$/u);
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(GONE);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it.each([
    [
      { users: [user(["blog"])] },
      /^Databases property is required if users property is provided for resource db\.$/u,
    ],
    [
      { databases: DATABASES, users: [user(["shop"])] },
      /^Database \[u'shop'\] specified for user does not exist in databases for resource db\.$/u,
    ],
    [{ datastore_version: "5.5" }, /^Not allowed - datastore_version without datastore_type\.$/u],
    [
      { datastore_type: "mysql", datastore_version: "4.0" },
      /^Datastore version 4\.0 for datastore type mysql is not valid\. Allowed versions are /u,
    ],
    [{ networks: [{}] }, /^Either network or port must be provided\.$/u],
  ] as const)("is refused with %j", (properties, words) => {
    const bed = new StackBed({ services });
    const { body } = bed.create("s", database(properties));
    expect(messageOf(body)).toMatch(words);
  });
});
