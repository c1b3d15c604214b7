/**
 * A project's cloudpipe is launched: a keypair and a group of its own, certificates for OpenVPN, and then a server as any other. What
 * it is given to run (a ZIP with a script and those certificates) is left out. Upstream: nova/cloudpipe/pipelib.py
 * (launch_vpn_instance), nova/crypto.py (generate_vpn_files) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { userCertificate } from "../../../crypto/user-certificate.js";
import { flavorByName } from "../../../db/flavors.js";
import { KeyPairExists } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { NovaCall } from "../../route.js";
import { blockDevicesOf } from "../../server-create/block-device-form.js";
import { createServers } from "../../server-create/create.js";
import { createKeyPairOf } from "../keypairs/keypairs.js";

/** `vpn_key_suffix`. */
const SUFFIX = "-vpn";

/** @throws what making the server throws, and ProcessExecutionError where nova-cert has never run */
export function* launchVpnInstance(call: NovaCall): Op<Instance> {
  const { app, ctxt } = call;
  const { project_id, user_id } = ctxt;
  const name = `${String(project_id)}${SUFFIX}`;
  yield* keyPair(call, name);
  group(call, name);
  const flavor = flavorByName(app.db, app.store, app.flags.vpn_flavor);
  userCertificate(app.db, app.authority, user_id, project_id);
  const { instances } = yield* createServers(call, {
    flavor,
    image_href: app.flags.vpn_image_id,
    display_name: name,
    key_name: name,
    metadata: {},
    access_ip_v4: null,
    access_ip_v6: null,
    injected_files: [],
    admin_password: null,
    min_count: 1,
    max_count: 1,
    requested_networks: null,
    security_groups: [name],
    user_data: null,
    availability_zone: null,
    config_drive: null,
    block_devices: blockDevicesOf({}),
    auto_disk_config: null,
    scheduler_hints: {},
  });
  return instances[0] as Instance;
}

/** Its private half goes into a file of nova-api's host. */
function* keyPair(call: NovaCall, name: string): Op<void> {
  try {
    yield* createKeyPairOf(call, name);
  } catch (error) {
    if (!(error instanceof KeyPairExists)) throw error;
  }
}

/** In Nova's own table, whoever guards the ports; so the server is refused where Neutron does. */
function group({ app, ctxt }: NovaCall, name: string): void {
  const [project_id, user_id] = [ctxt.project_id ?? "", ctxt.user_id ?? ""];
  if (app.db.security_groups.first({ project_id, name }) !== undefined) return;
  app.db.security_groups.insert({ name, description: "Group for vpn", user_id, project_id });
}
