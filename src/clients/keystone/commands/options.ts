/** Options that several commands take. Upstream: the `utils.arg` decorators of keystoneclient/v2_0/shell.py. */
import { valueOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";

/** `--tenant`, which is also `--tenant-id`. */
export const tenantOption = (about: string): OptionSpec =>
  valueOption("--tenant", "<tenant>", about, { names: ["--tenant", "--tenant-id"] });

/** `--tenant_id`: an id that is not looked up, and an option that is not shown. */
export const hiddenTenantId: OptionSpec = valueOption("--tenant_id", "<tenant>", undefined);
