/**
 * The addresses in each security group, which agents ask for with every port they wire. Kept beside
 * the tables because a group may have 10,000 members; a group is read from them when first asked
 * for. Upstream makes the list anew each time: db/securitygroups_rpc_base.py (_select_ips_for_remote_group).
 */
import type { NeutronDatabase } from "./database.js";
import { OrderedList } from "./ordered-list.js";
import type { SecurityGroupPortBinding } from "./rows.js";

/** Who is in one group: each port's addresses, and all of them in a row. */
interface Group {
  readonly members: OrderedList<readonly string[]>;
  ports: readonly (readonly string[])[];
  addresses: readonly string[];
}

export class GroupMembers {
  readonly #database: NeutronDatabase;
  readonly #groups = new Map<string, Group>();

  constructor(database: NeutronDatabase) {
    this.#database = database;
    database.securityGroupPortBindings.follow({
      moved: (before, after) => {
        if (before !== undefined) this.#members(before)?.remove(before.id);
        if (after !== undefined) this.#put(after);
      },
    });
    database.ipAllocations.follow({
      moved: (before, after) => {
        const port_id = (after ?? before)?.port_id as string;
        const { securityGroupPortBindings } = database;
        for (const binding of securityGroupPortBindings.find({ port_id })) this.#put(binding);
      },
    });
  }

  /** Every address in the group, in order of joining; a list that nobody will ever change. */
  of(groupId: string): readonly string[] {
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = { members: new OrderedList(), ports: [], addresses: [] };
      this.#groups.set(groupId, group);
      const { securityGroupPortBindings } = this.#database;
      const rows = securityGroupPortBindings.find({ security_group_id: groupId });
      for (const binding of rows) this.#put(binding);
    }
    const ports = group.members.items();
    if (ports !== group.ports) {
      group.ports = ports;
      group.addresses = ports.flat();
    }
    return group.addresses;
  }

  #members({ security_group_id }: SecurityGroupPortBinding): Group["members"] | undefined {
    return this.#groups.get(security_group_id)?.members;
  }

  #put(binding: SecurityGroupPortBinding & { readonly id: number }): void {
    const { port_id } = binding;
    this.#members(binding)?.put(binding.id, () =>
      this.#database.ipAllocations.find({ port_id }).map(({ ip_address }) => ip_address),
    );
  }
}
