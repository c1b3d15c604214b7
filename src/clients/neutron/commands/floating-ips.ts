/** `neutron floatingip-*`. Upstream: neutronclient/neutron/v2_0/floatingip.py, 2.3.9. */
import type { Json } from "../../../python/index.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import type { PositionalSpec } from "../../shell/parser/index.js";
import {
  createCommand,
  deleteCommand,
  formatOptions,
  showCommand,
  type NeutronCommand,
} from "../command.js";
import { listCommand } from "../list-command.js";
import { find, FLOATING_IP, NETWORK } from "../resource.js";
import { networkNamed } from "./networks.js";

const fixedAddress = withTwin(
  valueOption("--fixed-ip-address", "FIXED_IP_ADDRESS", "Which address of a port with several."),
);

const floatingIpId: PositionalSpec = {
  dest: "floatingip_id",
  metavar: "FLOATINGIP_ID",
  count: "one",
  about: "The id of the floating IP.",
};

export const floatingIpCommands: readonly NeutronCommand[] = [
  listCommand("floatingip-list", FLOATING_IP, {
    columns: ["id", "fixed_ip_address", "floating_ip_address", "port_id"],
  }),
  showCommand("floatingip-show", FLOATING_IP, { byName: false }),
  createCommand("floatingip-create", FLOATING_IP, {
    options: [
      ...withTwin(valueOption("--port-id", "PORT_ID", "The id of the port that it leads to.")),
      ...fixedAddress,
    ],
    positionals: [
      {
        dest: "floating_network_id",
        metavar: "FLOATING_NETWORK",
        count: "one",
        about: "The external network, by name or id.",
      },
    ],
    names: networkNamed("floating_network_id"),
    *body({ api, args }) {
      const network = yield* find(api, NETWORK, args.exactText("floating_network_id") ?? "");
      const said: Record<string, Json> = { floating_network_id: network };
      for (const member of ["port_id", "tenant_id", "fixed_ip_address"]) {
        const text = args.text(member);
        if (text !== undefined) said[member] = text;
      }
      return said;
    },
  }),
  deleteCommand("floatingip-delete", FLOATING_IP, {}, false),
  {
    name: "floatingip-associate",
    about: "Lead a floating IP to a port.",
    plain: true,
    options: [...formatOptions, ...fixedAddress],
    positionals: [
      floatingIpId,
      { dest: "port_id", metavar: "PORT", count: "one", about: "The id of the port." },
    ],
    *run({ api, args, console }) {
      const id = args.exactText("floatingip_id") ?? "";
      const said: Record<string, Json> = {};
      for (const member of ["fixed_ip_address", "port_id"]) {
        const text = args.text(member);
        if (text !== undefined) said[member] = text;
      }
      yield* api.put(`${FLOATING_IP.path}/${id}`, { floatingip: said });
      console.print(`Associated floating IP ${id}`);
    },
  },
  {
    name: "floatingip-disassociate",
    about: "Lead a floating IP away from its port.",
    plain: true,
    options: formatOptions,
    positionals: [floatingIpId],
    *run({ api, args, console }) {
      const id = args.exactText("floatingip_id") ?? "";
      yield* api.put(`${FLOATING_IP.path}/${id}`, { floatingip: { port_id: null } });
      console.print(`Disassociated floating IP ${id}`);
    },
  },
];
