/**
 * The connection to libvirtd, opened as nova-compute starts: whether there is one decides whether the host may be given work, unless an
 * operator has said that it may not. One that breaks later is not modelled. Upstream: nova/virt/libvirt/driver.py (_get_new_connection,
 * _connect, _set_host_enabled) at 2014.2.
 */
import { adminContext } from "../../../../../framework/index.js";
import { LibvirtError } from "../../../../../hardware/libvirt-errors.js";
import { caught, quietly, type Op } from "../../../../../kernel/index.js";
import { ComputeHostNotFound, HypervisorUnavailable } from "../../../exception.js";
import { novaNotifier } from "../../../notifications.js";
import { getServiceByComputeHost } from "../../../objects/service/service.js";
import { payloadOf } from "../../../objects/wire/primitive.js";
import type { DriverParts } from "../../driver-parts.js";
import { virtFlags } from "../../flags.js";

/** Before a reason that no operator has given; what was disabled with it may be enabled again. */
const DISABLE_PREFIX = "AUTO: ";
/** Of a host that is enabled, too: a text. */
const DISABLE_REASON_UNDEFINED = "None";

/** `_get_new_connection`. @throws HypervisorUnavailable */
export function* connectToLibvirt(parts: DriverParts): Op<void> {
  try {
    yield* parts.hypervisor.attempt("connect");
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!(error instanceof LibvirtError)) throw error;
    yield* connectionFailed(parts, error);
    yield* setHostEnabled(parts, false, "Failed to connect to libvirt");
    throw new HypervisorUnavailable({ host: parts.env.host });
  }
  yield* setHostEnabled(parts, true);
}

function* connectionFailed({ env }: DriverParts, error: LibvirtError): Op<void> {
  env.log("error", `Connection to libvirt failed: ${error.message}`);
  const { my_ip: ip } = env.flags.read(virtFlags);
  const payload = { ip, method: "_connect", reason: payloadOf(error) };
  yield* novaNotifier(env, "compute").error(adminContext(env), "compute.libvirt.error", payload);
}

/** `_set_host_enabled`: whatever goes wrong with it is passed over. */
function* setHostEnabled(
  { env, store }: DriverParts,
  enabled: boolean,
  reason: string = DISABLE_REASON_UNDEFINED,
): Op<void> {
  const { host } = env;
  const ctxt = adminContext(env);
  const status = enabled ? "enabled" : "disabled";
  try {
    const service = yield* quietly(getServiceByComputeHost(store, ctxt, host));
    if (service.disabled === !enabled) return;
    if (service.disabled && service.disabled_reason?.startsWith(DISABLE_PREFIX) !== true) {
      env.log("debug", `Not overriding manual compute service status with: ${status}`);
      return;
    }
    service.disabled = !enabled;
    service.disabled_reason = enabled ? DISABLE_REASON_UNDEFINED : DISABLE_PREFIX + reason;
    yield* service.save(ctxt);
    env.log("debug", `Updating compute service status to ${status}`);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const why =
      error instanceof ComputeHostNotFound
        ? "since it is not registered."
        : "due to an unexpected exception.";
    env.log("warning", `Cannot update service status on host: ${host},${why}`);
  }
}
