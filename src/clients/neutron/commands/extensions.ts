/** `neutron ext-*`. Upstream: neutronclient/neutron/v2_0/extension.py, 2.3.9. */
import { showCommand, type NeutronCommand } from "../command.js";
import { listCommand } from "../list-command.js";
import { EXTENSION } from "../resource.js";

export const extensionCommands: readonly NeutronCommand[] = [
  listCommand("ext-list", EXTENSION, { columns: ["alias", "name"], paged: false, sorted: false }),
  showCommand("ext-show", EXTENSION, { byName: false }),
];
