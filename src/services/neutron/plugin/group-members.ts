/**
 * The addresses in each security group, which agents ask for with every port they wire. Kept beside
 * the tables because a group may have 10,000 members; a group is read from them when first asked
 * for. Upstream makes the list anew each time: db/securitygroups_rpc_base.py (_select_ips_for_remote_group).
 */
import type { NeutronDatabase } from "../database.js";

export class GroupMembers {
  readonly #database: NeutronDatabase;
  /** By group, then port. */
  readonly #addresses = new Map<string, Map<string, readonly string[]>>();

  constructor(database: NeutronDatabase) {
    this.#database = database;
  }

  /** Every address in the group, in order of joining. */
  of(groupId: string): string[] {
    return [...this.#group(groupId).values()].flat();
  }

  /** A port came into these groups, or has other addresses there. */
  joined(portId: string, groups: readonly string[]): void {
    const addresses = this.#of(portId);
    for (const group of groups) this.#addresses.get(group)?.set(portId, addresses);
  }

  left(portId: string, groups: readonly string[]): void {
    for (const group of groups) this.#addresses.get(group)?.delete(portId);
  }

  #group(groupId: string): Map<string, readonly string[]> {
    let members = this.#addresses.get(groupId);
    if (members === undefined) {
      members = new Map(
        this.#database.securityGroupPortBindings
          .find({ security_group_id: groupId })
          .map(({ port_id }) => [port_id, this.#of(port_id)]),
      );
      this.#addresses.set(groupId, members);
    }
    return members;
  }

  #of(portId: string): string[] {
    return this.#database.ipAllocations
      .find({ port_id: portId })
      .map(({ ip_address }) => ip_address);
  }
}
