/**
 * What nobody watches may be left undone where it changes nothing: news that a host does nothing about. So a
 * run goes the same way with and without a watcher, to the last event.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { milliseconds, sleep, type Observer, type Op } from "../../src/kernel/index.js";

const WATCHER: Observer = { observe: () => 0 };
const HOSTS = ["c1", "c2", "c3", "c4"];
const USERS = ["ann", "ben", "cas"];

/** Somebody boots a server, lives with it for a while, and deletes it. */
interface Stay {
  readonly user: number;
  readonly after: number;
  readonly stays: number;
  /** Another rule for the group of all that user's servers meanwhile. */
  readonly rule: boolean;
  /** The server goes elsewhere, and its port with it. */
  readonly resize: boolean;
}

function* stay(cloud: Cloud, { user, after, stays, rule, resize }: Stay, i: number): Op<void> {
  yield* sleep(milliseconds(after));
  const person = cloud.user(USERS[user] as string);
  const image = cloud.id("image", "cirros") as string;
  const networks = [cloud.id("network", "private") as string];
  const { id } = yield* person.nova.create({
    name: `s${String(i)}`,
    flavor: "42",
    image,
    networks,
  });
  do yield* sleep(milliseconds(500));
  while (cloud.server(id)?.status === "BUILD");
  if (rule) {
    const { body } = yield* person.request("network", "GET", "/v2.0/security-groups");
    const [group] = (body as { security_groups: { id: string }[] }).security_groups;
    const security_group_rule = {
      security_group_id: group?.id as string,
      direction: "ingress",
      protocol: "tcp",
      port_range_min: 1000 + i,
      port_range_max: 1000 + i,
    };
    yield* person.request("network", "POST", "/v2.0/security-group-rules", { security_group_rule });
  }
  if (resize) {
    const resized = { resize: { flavorRef: "1" } };
    yield* person.request("compute", "POST", `/servers/${id}/action`, resized);
  }
  yield* sleep(milliseconds(stays));
  yield* person.nova.delete(id);
}

function run(stays: readonly Stay[], observer: Observer | null): unknown {
  const cloud = new Cloud({
    observer,
    computes: HOSTS.map((name) => ({ name })),
    networks: [{ name: "private", cidr: "10.0.0.0/16" }],
    users: USERS.map((name) => ({ name })),
  });
  for (const [i, one] of stays.entries())
    cloud.kernel.spawn(stay(cloud, one, i), { name: "person" });
  cloud.settle();
  cloud.advance("10s");
  // The next draw of each agent says how many messages it has sent.
  const sent = HOSTS.map((host) =>
    cloud.kernel.stream(`neutron-openvswitch-agent@${host}`, "rpc latency").int(0, 1e9),
  );
  return [cloud.kernel.events, cloud.now, sent];
}

const stays = fc.array(
  fc.record({
    user: fc.nat(USERS.length - 1),
    after: fc.nat(9000),
    stays: fc.nat(6000),
    rule: fc.boolean(),
    resize: fc.boolean(),
  }),
  { minLength: 3, maxLength: 9 },
);

it("is the same run with a watcher and without, whoever comes and goes", () => {
  const same = fc.property(stays, (all) => {
    expect(run(all, null)).toEqual(run(all, WATCHER));
  });
  fc.assert(same, { numRuns: 3 });
});
