/**
 * The addresses in each security group, which agents ask for with every port they wire. Kept beside
 * the tables because a group may have 10,000 members; a group is read from them when first asked
 * for. Upstream makes the list anew each time: db/securitygroups_rpc_base.py (_select_ips_for_remote_group).
 */
import type { Row, Table } from "../../framework/index.js";
import { OrderedList } from "./db/ordered-list.js";
import { textOf } from "../../python/index.js";
import type { IpAllocation, Port, SecurityGroupPortBinding } from "./db/rows.js";

/** Who is in which group, and at which addresses. */
interface MemberTables {
  readonly ipAllocations: Table<IpAllocation>;
  readonly securityGroupPortBindings: Table<SecurityGroupPortBinding>;
  readonly ports: Table<Port>;
}

export class GroupMembers {
  readonly #database: MemberTables;
  /** The addresses of each group that was asked for. */
  readonly #groups = new Map<string, OrderedList<string>>();
  /** The allowed address pairs of the few ports that have some. */
  readonly #pairs = new Map<string, readonly string[]>();

  constructor(database: MemberTables) {
    const { ipAllocations, securityGroupPortBindings, ports } = database;
    this.#database = database;
    ports.follow({
      moved: (before, after) => {
        const { uuid } = (after ?? before) as Port;
        const pairs = after?.allowed_address_pairs ?? [];
        if (pairs.length === 0) this.#pairs.delete(uuid);
        else
          this.#pairs.set(
            uuid,
            pairs.map((pair) => textOf(pair, "ip_address")),
          );
      },
    });
    securityGroupPortBindings.follow({
      moved: (before, after) => {
        if (before !== undefined) this.#left(before.security_group_id, before.port_id);
        if (after !== undefined) this.#joined(after.security_group_id, after.port_id);
      },
    });
    ipAllocations.follow({
      moved: (before, after) => {
        const { port_id } = (after ?? before) as IpAllocation;
        for (const { security_group_id } of securityGroupPortBindings.find({ port_id })) {
          const group = this.#groups.get(security_group_id);
          if (before !== undefined) group?.remove(before.id);
          if (after !== undefined) group?.put(after.id, () => after.ip_address);
        }
      },
    });
  }

  /** Every address in the group, in the order in which they were given out; nobody will change it. */
  of(groupId: string): readonly string[] {
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      this.#groups.set(groupId, (group = new OrderedList()));
      const { securityGroupPortBindings } = this.#database;
      for (const { port_id } of securityGroupPortBindings.find({ security_group_id: groupId })) {
        this.#joined(groupId, port_id);
      }
    }
    return group.items();
  }

  /** The same, each followed by those that its port may send from as well. */
  withPairsOf(groupId: string): readonly string[] {
    const { securityGroupPortBindings } = this.#database;
    const hasPairs = [...this.#pairs.keys()].some((port_id) =>
      securityGroupPortBindings
        .find({ port_id })
        .some(({ security_group_id }) => security_group_id === groupId),
    );
    if (!hasPairs) return this.of(groupId);
    return securityGroupPortBindings
      .find({ security_group_id: groupId })
      .flatMap(({ port_id }) => this.#addresses(port_id))
      .sort((one, other) => one.id - other.id)
      .flatMap(({ port_id, ip_address }) => [ip_address, ...(this.#pairs.get(port_id) ?? [])]);
  }

  #joined(groupId: string, portId: string): void {
    const group = this.#groups.get(groupId);
    for (const { id, ip_address } of this.#addresses(portId)) group?.put(id, () => ip_address);
  }

  #left(groupId: string, portId: string): void {
    const group = this.#groups.get(groupId);
    for (const { id } of this.#addresses(portId)) group?.remove(id);
  }

  #addresses(port_id: string): Row<IpAllocation>[] {
    return this.#database.ipAllocations.find({ port_id });
  }
}
