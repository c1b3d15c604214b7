/**
 * Ports as the API shows them. A view is put together from four tables, and nova-api asks for all
 * of a tenant's ports before every boot; so each is kept until one of its rows changes, and each
 * tenant's list is kept as a whole. Upstream makes them anew each time: `_make_port_dict`.
 */
import type { Follower, Row, Table } from "../../framework/index.js";
import type { JsonObject } from "../../python/index.js";
import { OrderedList } from "./db/ordered-list.js";
import type { IpAllocation, Port, PortBinding, SecurityGroupPortBinding } from "./db/rows.js";

/** What a view is put together from. */
interface PortTables {
  readonly ports: Table<Port>;
  readonly ipAllocations: Table<IpAllocation>;
  readonly portBindings: Table<PortBinding>;
  readonly securityGroupPortBindings: Table<SecurityGroupPortBinding>;
}

/** One port, to an admin and to everybody else. */
interface PortView {
  readonly whole: JsonObject;
  readonly shown: JsonObject;
}

export class PortViews {
  readonly #database: PortTables;
  readonly #views = new Map<string, PortView>();
  readonly #lists = new Map<string, OrderedList<JsonObject>>();

  constructor(database: PortTables) {
    this.#database = database;
    const follower: Follower<{ readonly port_id: string }> = {
      moved: (before, after) => {
        this.#changed(((after ?? before) as { port_id: string }).port_id);
      },
    };
    database.ipAllocations.follow(follower);
    database.securityGroupPortBindings.follow(follower);
    database.portBindings.follow(follower);
    database.ports.follow({
      moved: (before, after) => {
        if (before === undefined || after === undefined) this.#moved(before, after);
        else this.#changed(after.uuid);
      },
    });
  }

  /** A port with everything that the extensions add. */
  whole(row: Row<Port>): JsonObject {
    return this.#of(row).whole;
  }

  /** All ports of a tenant, without what is for admins; a list that nobody will ever change. */
  ofTenant(tenantId: string): readonly JsonObject[] {
    let list = this.#lists.get(tenantId);
    if (list === undefined) {
      list = new OrderedList<JsonObject>();
      for (const { id, uuid } of this.#database.ports.find({ tenant_id: tenantId })) {
        list.put(id, this.#maker(uuid));
      }
      this.#lists.set(tenantId, list);
    }
    return list.items();
  }

  #of(row: Row<Port>): PortView {
    let view = this.#views.get(row.uuid);
    if (view === undefined) this.#views.set(row.uuid, (view = this.#make(row)));
    return view;
  }

  #make(row: Row<Port>): PortView {
    const { ipAllocations, portBindings, securityGroupPortBindings } = this.#database;
    const port_id = row.uuid;
    const plain = {
      id: row.uuid,
      name: row.name,
      network_id: row.network_id,
      tenant_id: row.tenant_id,
      mac_address: row.mac_address,
      admin_state_up: row.admin_state_up,
      status: row.status,
      fixed_ips: ipAllocations.find({ port_id }).map(fixedIp),
      device_id: row.device_id,
      device_owner: row.device_owner,
      allowed_address_pairs: row.allowed_address_pairs,
      extra_dhcp_opts: row.extra_dhcp_opts,
      security_groups: securityGroupPortBindings
        .find({ port_id })
        .map(({ security_group_id }) => security_group_id),
    };
    const binding = portBindings.get(port_id);
    if (binding === undefined) return { whole: plain, shown: plain };
    return {
      whole: {
        ...plain,
        "binding:host_id": binding.host,
        "binding:vnic_type": binding.vnic_type,
        "binding:profile": binding.profile,
        "binding:vif_type": binding.vif_type,
        "binding:vif_details": binding.vif_details,
      },
      shown: { ...plain, "binding:vnic_type": binding.vnic_type },
    };
  }

  #maker(uuid: string): () => JsonObject {
    return () => this.#of(this.#database.ports.get(uuid) as Row<Port>).shown;
  }

  /** A port came or went. */
  #moved(before: Row<Port> | undefined, after: Row<Port> | undefined): void {
    if (before !== undefined) {
      this.#views.delete(before.uuid);
      this.#lists.get(before.tenant_id)?.remove(before.id);
    }
    if (after !== undefined)
      this.#lists.get(after.tenant_id)?.put(after.id, this.#maker(after.uuid));
  }

  #changed(portId: string): void {
    // What nobody has seen since its last change is out of date already.
    if (!this.#views.delete(portId)) return;
    const row = this.#database.ports.get(portId);
    if (row !== undefined) this.#lists.get(row.tenant_id)?.put(row.id, this.#maker(portId));
  }
}

const fixedIp = ({ subnet_id, ip_address }: IpAllocation): JsonObject => ({
  subnet_id,
  ip_address,
});
