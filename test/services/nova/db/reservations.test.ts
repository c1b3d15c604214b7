/** Quota: nova §1.3, §8.5. */
import { beforeEach, describe, expect, test } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import {
  commitReservations,
  expireReservations,
  reserve,
  rollbackReservations,
  type Deltas,
  type ReserveOptions,
} from "../../../../src/services/nova/db/quota/reservations.js";
import { OverQuota } from "../../../../src/services/nova/exception.js";
import { NovaBed } from "../bed.js";

let bed: NovaBed;
beforeEach(() => {
  bed = new NovaBed();
});

const QUOTAS = { instances: 10, cores: 20, ram: -1 };

const take = (
  deltas: Deltas,
  user_id = "alice",
  project_id = "demo",
  options: Partial<ReserveOptions> = {},
): string[] =>
  reserve(bed.db, {
    project_id,
    user_id,
    deltas,
    quotas: QUOTAS,
    userQuotas: QUOTAS,
    expire: 100,
    refresh: { until_refresh: 0, max_age: 0 },
    ids: bed.kernel.stream("test", "ids"),
    ...options,
  });

/** `resource: in_use+reserved` of what a user has; instances, cores and memory are counted together. */
const usage = (user_id = "alice"): string[] =>
  bed.db.quota_usages
    .find({ user_id })
    .filter(({ in_use, reserved }) => in_use !== 0 || reserved !== 0)
    .map(({ resource, in_use, reserved }) => `${resource}: ${in_use}+${reserved}`);

test("what is reserved counts at once, and is in use once it is committed", () => {
  const ids = take({ instances: 2, cores: 4 });
  expect(usage()).toEqual(["instances: 0+2", "cores: 0+4"]);
  commitReservations(bed.db, ids);
  expect(usage()).toEqual(["instances: 2+0", "cores: 4+0"]);
});

test("what is rolled back is free again, and a reservation ends once only", () => {
  const ids = take({ instances: 2 });
  rollbackReservations(bed.db, ids);
  rollbackReservations(bed.db, ids);
  commitReservations(bed.db, ids);
  expect(usage()).toEqual([]);
});

test("what is to be given back counts until that is committed", () => {
  commitReservations(bed.db, take({ instances: 3 }));
  const ids = take({ instances: -1 });
  expect(usage()).toEqual(["instances: 3+0"]);
  commitReservations(bed.db, ids);
  expect(usage()).toEqual(["instances: 2+0"]);
});

describe("the limit", () => {
  test("may be reached, not passed, and then nothing at all is reserved", () => {
    take({ instances: 10 });
    expect(() => take({ cores: 1, instances: 1 })).toThrow(OverQuota);
    expect(usage()).toEqual(["instances: 0+10"]);
  });

  test("is that of the project: its users share it", () => {
    take({ instances: 6 }, "alice");
    expect(() => take({ instances: 5 }, "bob")).toThrow(OverQuota);
    expect(take({ instances: 4 }, "bob")).toHaveLength(1);
    expect(take({ instances: 10 }, "carol", "other")).toHaveLength(1);
  });

  test("of -1 is none", () => {
    expect(take({ ram: 1e9 })).toHaveLength(1);
  });

  test("does not keep anybody from giving back", () => {
    commitReservations(bed.db, take({ instances: 10 }));
    expect(take({ instances: -1, cores: -1 })).toHaveLength(2);
  });

  test("names what was too much, in order, with what all have", () => {
    take({ instances: 6, cores: 19 }, "bob");
    expect(() => take({ instances: 5, cores: 2, ram: 1 })).toThrow(
      expect.objectContaining({
        kwargs: {
          // nova/exception.py (NovaException.__init__): the code is one of them.
          code: 500,
          overs: ["cores", "instances"],
          quotas: QUOTAS,
          usages: {
            instances: { in_use: 0, reserved: 6 },
            cores: { in_use: 0, reserved: 19 },
            ram: { in_use: 0, reserved: 0 },
          },
        },
      }),
    );
  });
});

test("a reservation expires after its time, not at it", () => {
  take({ instances: 1 });
  bed.wait(seconds(100));
  expect(expireReservations(bed.db)).toBe(0);
  bed.wait(1);
  expect(expireReservations(bed.db)).toBe(1);
  expect(usage()).toEqual([]);
});

describe("a user's own limit: quota_reserve in nova/db/sqlalchemy/api.py at 2014.2", () => {
  const asUser = (deltas: Deltas, userQuotas: ReserveOptions["userQuotas"], quotas = QUOTAS) =>
    take(deltas, "alice", "demo", { userQuotas, quotas });

  test("is held beside the project's, and its figures are the user's", () => {
    take({ instances: 4 }, "bob");
    expect(asUser({ instances: 2 }, { instances: 2 })).toHaveLength(1);
    expect(() => asUser({ instances: 1 }, { instances: 2 })).toThrow(
      expect.objectContaining({
        kwargs: {
          code: 500,
          overs: ["instances"],
          quotas: { instances: 2 },
          usages: {
            instances: { in_use: 0, reserved: 2 },
            cores: { in_use: 0, reserved: 0 },
            ram: { in_use: 0, reserved: 0 },
          },
        },
      }),
    );
  });

  test("is passed at once where the project is unlimited", () => {
    const unlimited = { instances: -1, cores: -1, ram: -1 };
    expect(() => asUser({ instances: 1 }, { instances: 5 }, unlimited)).toThrow(OverQuota);
    expect(asUser({ instances: 1 }, { instances: -1 }, unlimited)).toHaveLength(1);
  });

  test("is none of addresses, which a project's users have in common", () => {
    take({ floating_ips: 1 }, "alice", "demo", { quotas: {}, userQuotas: {} });
    expect(bed.db.quota_usages.find({ resource: "floating_ips" })).toMatchObject([
      { user_id: null, reserved: 1 },
    ]);
  });
});

describe("a usage is counted anew: quota_reserve in nova/db/sqlalchemy/api.py at 2014.2", () => {
  const instances = (): (readonly number[])[] =>
    bed.db.quota_usages
      .find({ resource: "instances" })
      .map(({ in_use, reserved }) => [in_use, reserved]);

  test("when there is none yet, from what the user has; cores and memory with it", () => {
    bed.instance(1);
    bed.instance(2, { user_id: "bob" });
    bed.instance(3);
    take({ instances: 1 });
    expect(usage()).toEqual(["instances: 2+1", "cores: 2+0", "ram: 1024+0"]);
  });

  test("when it fell below 0", () => {
    commitReservations(bed.db, take({ instances: -1 }));
    expect(instances()).toEqual([[-1, 0]]);
    bed.instance(1);
    take({ instances: 1 });
    expect(instances()).toEqual([[1, 1]]);
  });

  test("at every nth reservation that `until_refresh` says", () => {
    const refresh = { until_refresh: 2, max_age: 0 };
    const again = () => take({ instances: 0 }, "alice", "demo", { refresh });
    again();
    bed.instance(1);
    again();
    expect(instances()).toEqual([[0, 0]]);
    again();
    expect(instances()).toEqual([[1, 0]]);
  });

  test("when it is older than `max_age`, of which whole days do not count", () => {
    const refresh = { until_refresh: 0, max_age: 60 };
    const again = () => take({ instances: 0 }, "alice", "demo", { refresh });
    again();
    bed.instance(1);
    for (const wait of [59, 86_400]) {
      bed.wait(seconds(wait));
      again();
      expect(instances()).toEqual([[0, 0]]);
    }
    bed.wait(seconds(1));
    again();
    expect(instances()).toEqual([[1, 0]]);
  });
});
