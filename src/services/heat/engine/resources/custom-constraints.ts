/**
 * What services know of a value: constraints of parameters and properties that ask them, each time anew.
 * Upstream: the classes that setup.cfg lists under heat.constraints, heat/engine/constraints.py
 * (BaseCustomConstraint) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Exception, Json } from "../../../../python/index.js";
import { str, truth } from "../../../../python/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import type { Clients } from "../../clients/index.js";
import { FlavorMissing, ImageNotFound, UserKeyPairMissing } from "../../exception.js";
import type { LookUps, Verdict } from "../parameters/constraints.js";
import { exceptionOf } from "../scheduler/task.js";

const THERE: Verdict = { kind: "there" };

/** A look-up whose expected errors are a no; others go on. */
const lookUp =
  (
    ask: (value: string) => Op<unknown>,
    isExpected: (error: Exception) => boolean,
  ): ((value: Json) => Op<Verdict>) =>
  (value) =>
    verdict(ask(str(value)), isExpected);

function* verdict(op: Op<unknown>, isExpected: (error: Exception) => boolean): Op<Verdict> {
  try {
    yield* op;
    return THERE;
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (!isExpected(error)) throw error;
    return { kind: "missing", message: error.message };
  }
}

/** @param clients of whoever asks */
export function customConstraints(clients: Clients): LookUps {
  const inNeutron = (kind: "network" | "port" | "router" | "subnet") =>
    lookUp(
      (value) => clients.neutron.find(kind, value),
      (error) => error instanceof NeutronClientException,
    );
  const keypair = lookUp(
    (value) => clients.nova.keypair(value),
    (error) => error instanceof UserKeyPairMissing,
  );
  return new Map([
    [
      "nova.flavor",
      lookUp(
        (value) => clients.nova.flavorId(value),
        (error) => error instanceof FlavorMissing,
      ),
    ],
    [
      "glance.image",
      lookUp(
        (value) => clients.glance.imageId(value),
        (error) => error instanceof ImageNotFound,
      ),
    ],
    ["neutron.network", inNeutron("network")],
    ["neutron.port", inNeutron("port")],
    ["neutron.router", inNeutron("router")],
    ["neutron.subnet", inNeutron("subnet")],
    // An empty one is what a keypair of the stack is before it is there.
    ["nova.keypair", (value: Json): Op<Verdict> => (truth(value) ? keypair(value) : there())],
  ]);
}

function* there(): Op<Verdict> {
  return THERE;
}
