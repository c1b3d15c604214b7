/**
 * Calls to Neutron whose failure is told in words of the page's own, but where nobody answers at all: then in the client's. Upstream:
 * `except neutron_exc.ConnectionFailed` in openstack_dashboard/dashboards/project/access_and_security/tabs.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";

export function* told<T>(
  request: HorizonRequest,
  message: string,
  op: () => Op<readonly T[]>,
): Op<readonly T[]> {
  try {
    return yield* op();
  } catch (thrown) {
    const error = yield* caught(thrown);
    const unreachable = error instanceof NeutronClientException && error.status === 0;
    handle(request, error, unreachable ? undefined : message);
    return [];
  }
}
