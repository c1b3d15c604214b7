/**
 * What becomes of a server that Nova has been asked to make, to suspend or to resume, by a look a second. Upstream:
 * heat/engine/resources/server.py (_check_active, _suspend_server), heat/engine/resources/instance.py at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../../kernel/index.js";
import { str } from "../../../../../../python/index.js";
import { DEFERRED_STATUSES, type Clients, type HeldServer } from "../../../../clients/index.js";
import { HeatError, ResourceInError, ResourceUnknownStatus } from "../../errors.js";

/** `_check_active`. @param otherwise what is said of a status that there is not @throws ResourceInError, ResourceUnknownStatus */
export function* isActive(
  { nova }: Clients,
  server: HeldServer,
  otherwise = "Server is not active",
): Op<boolean> {
  let status = yield* server.status();
  if (status !== "ACTIVE") {
    yield* nova.refresh(server);
    status = yield* server.status();
  }
  if (DEFERRED_STATUSES.includes(status)) return false;
  if (status === "ACTIVE") return true;
  if (status !== "ERROR") throw new ResourceUnknownStatus(otherwise, status);
  const message = str(server.fault("message") ?? "Unknown");
  const code = str(server.fault("code") ?? "Unknown");
  throw new ResourceInError(status, `Message: ${message}, Code: ${code}`);
}

/** Asked for in one step, and looked at from then on. @throws HeatError */
export function* suspended(
  { nova }: Clients,
  server: HeldServer,
  otherwise: (status: string) => string,
): Stepped {
  yield* (yield* nova.client()).action(server.id, "suspend");
  let status = yield* server.status();
  while (status !== "SUSPENDED") {
    yield* nova.refresh(server);
    status = yield* server.status();
    if (status === "SUSPENDED") return;
    if (!DEFERRED_STATUSES.includes(status) && status !== "ACTIVE") {
      throw new HeatError(otherwise(status));
    }
    yield* endStep();
  }
}
