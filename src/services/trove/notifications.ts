/**
 * Trove's notifications, which bear the host option for a publisher. Upstream:
 * trove/openstack/common/notifier/api.py, trove/taskmanager/models.py (NotifyMixin) at 2014.2.
 */
import { Notifier } from "../../bus/index.js";
import { serviceFlags, type Env, type RequestContext } from "../../framework/index.js";
import { troveSerializer } from "./context.js";
import { troveRpcFlags } from "./flags.js";

export function troveNotifier(env: Env): Notifier<RequestContext> {
  const { notification_driver: drivers, notification_topics: topics } =
    env.flags.read(serviceFlags);
  const { trove_host: publisherId } = env.flags.read(troveRpcFlags);
  return new Notifier(env.bus, {
    publisherId,
    drivers,
    topics,
    serializer: troveSerializer,
  });
}
