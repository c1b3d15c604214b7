/** Laws of v3's lists: keystone/common/controller.py, keystone/common/sql/core.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { IdentityBed, MAIN } from "./bed.js";
import type { TestBedOptions } from "../bed.js";

interface ListBody {
  readonly truncated?: boolean;
  readonly links: object;
  readonly [members: string]: unknown;
}

class ListBed extends IdentityBed {
  readonly #headers = { "x-auth-token": this.login("admin") };

  constructor(options: TestBedOptions = {}) {
    super(options);
    for (const name of ["Ada", "adam", "bob"]) {
      const user = { name, enabled: name !== "bob" };
      this.ask("POST", `${MAIN}/v3/users`, { user }, this.#headers);
    }
  }

  list(path: string): ListBody {
    return this.ask("GET", `${MAIN}/v3${path}`, undefined, this.#headers).body as ListBody;
  }

  names(path: string): string[] {
    const members = /^\/(\w+)/.exec(path)![1]!;
    return (this.list(path)[members] as { name: string }[]).map(({ name }) => name);
  }

  status(path: string): number {
    return this.ask("GET", `${MAIN}/v3${path}`, undefined, this.#headers).status;
  }
}

describe("filters", () => {
  const all = ["admin", "demo", "nova", "glance", "Ada", "adam", "bob"];

  it.each([
    ["name=ada", ["Ada"]],
    ["name__contains=ada", ["adam"]],
    ["name__icontains=ADA", ["Ada", "adam"]],
    ["name__startswith=ad", ["admin", "adam"]],
    ["name__iendswith=A", ["nova", "Ada"]],
    ["name__icontains=a_a", ["Ada", "adam"]],
    ["name__icontains=a%25m", ["admin", "adam"]],
    ["enabled=off", ["bob"]],
    ["enabled=", ["admin", "demo", "nova", "glance", "Ada", "adam"]],
    ["enabled=banana", ["admin", "demo", "nova", "glance", "Ada", "adam"]],
    ["name__banana=x", all],
    ["email=x", all],
    ["limit=1", all],
    ["name=bob&name=Ada", ["Ada"]],
    ["domain_id=nowhere", []],
  ])("GET /v3/users?%s", (query, names) => {
    expect(new ListBed().names(`/users?${query}`)).toEqual(names);
  });

  it("a service's name is compared by Python, which knows case, and its type by the database", () => {
    const bed = new ListBed();
    expect(
      ["name=Nova", "name=nova", "type=COMPUTE"].map((query) => bed.names(`/services?${query}`)),
    ).toEqual([[], ["nova"], ["nova"]]);
  });

  it("an inexact filter of what is no text is Python's own mistake", () => {
    const bed = new ListBed();
    expect([
      bed.status("/users?enabled__contains=x"),
      bed.status("/users?enabled__startswith=x"),
    ]).toEqual([400, 500]);
  });

  it("role assignments are filtered by what is within them", () => {
    const bed = new ListBed();
    const user = bed.user("demo");
    const { role_assignments } = bed.list(
      `/role_assignments?user.id=${user}&scope.project.id=${bed.project("demo")}`,
    );
    expect(role_assignments).toMatchObject([
      { user: { id: user }, scope: { project: { id: bed.project("demo") } } },
    ]);
  });

  it("the link of a list is the URL that was asked for", () => {
    expect(new ListBed().list("/users?name=bob&x=1").links).toEqual({
      next: null,
      self: `${MAIN}/v3/users?name=bob&x=1`,
      previous: null,
    });
  });
});

describe("list_limit", () => {
  it("cuts a list and says so; what the database cannot filter is filtered afterwards", () => {
    const bed = new ListBed({ flags: { list_limit: 2 } });
    const page = bed.list("/users");
    const cut = bed.list("/users?name__startswith=a");
    expect([page, cut]).toMatchObject([
      { truncated: true, users: [{ name: "admin" }, { name: "demo" }] },
      { truncated: true, users: [{ name: "admin" }] },
    ]);
    expect(bed.names("/users?name__istartswith=b")).toEqual(["bob"]);
  });

  it("is each part's own, and regions are cut without a word", () => {
    const bed = new ListBed({ flags: { "identity.list_limit": 1, "catalog.list_limit": 1 } });
    bed.database.regions.insert({
      uuid: "r",
      description: "",
      parent_region_id: null,
      url: null,
      extra: {},
    });
    const [users, roles, regions] = ["/users", "/roles", "/regions"].map((path) => bed.list(path));
    expect([
      users!.truncated,
      roles!.truncated,
      regions!.truncated,
      regions!["regions"],
    ]).toMatchObject([true, undefined, undefined, [{ id: "RegionOne" }]]);
  });
});
