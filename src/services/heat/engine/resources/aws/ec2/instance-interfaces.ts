/**
 * The cards of an AWS::EC2::Instance: those that are named, or a port on its subnet that goes with it. Upstream:
 * heat/engine/resources/instance.py (_build_nics, _port_data_delete, _remove_matched_ifaces and that part of
 * handle_update) at 2014.2.
 */
import type { Op, Stepped } from "../../../../../../kernel/index.js";
import { isObject, repr, str, textOf, truth, type Json } from "../../../../../../python/index.js";
import type { Clients } from "../../../../clients/index.js";
import { exceptionOf } from "../../../scheduler/task.js";
import { itemsOf } from "../../service-resource.js";

/** What a resource keeps of the port that was made for it. */
export interface OwnPort {
  readonly id: string | undefined;
  keep(id: string): void;
  forget(): void;
}

export interface WantedCards {
  /** `NetworkInterfaces`. */
  readonly interfaces: Json;
  readonly groups: readonly Json[];
  readonly subnet: Json;
}

/** `_build_nics`: ids of ports; undefined where Nova is to choose. */
export function* portsFor(
  { neutron }: Clients,
  { interfaces, groups, subnet }: WantedCards,
  own: OwnPort,
): Op<readonly string[] | undefined> {
  if (truth(interfaces)) return sortedPorts(interfaces);
  if (!truth(subnet)) return undefined;
  const subnet_id = str(subnet);
  const network_id = yield* neutron.networkOfSubnet(subnet_id);
  const props: Record<string, Json> = {
    admin_state_up: true,
    network_id,
    fixed_ips: [{ subnet_id }],
  };
  if (groups.length > 0) props["security_groups"] = yield* neutron.securityGroupIds(groups);
  const id = textOf(yield* (yield* neutron.client()).create("ports", props), "id");
  own.keep(id);
  return [id];
}

/** By `DeviceIndex`; of one that is only named, that is its place. */
function sortedPorts(interfaces: Json): string[] {
  const cards = itemsOf(interfaces).map((entry, index) =>
    isObject(entry)
      ? { port: textOf(entry, "NetworkInterfaceId"), at: Number(entry["DeviceIndex"]) }
      : { port: str(entry), at: index },
  );
  return cards.sort((one, other) => one.at - other.at).map(({ port }) => port);
}

/** `_port_data_delete`. */
export function* deleteOwnPort({ neutron }: Clients, own: OwnPort): Op<void> {
  if (own.id === undefined) return;
  try {
    yield* (yield* neutron.client()).delete("ports", own.id);
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (!neutron.isNotFound(error)) throw error;
  }
  own.forget();
}

/** What takes cards off a server and puts others on. @param before `NetworkInterfaces` as it was */
export function* cardTasks(
  clients: Clients,
  server: string,
  before: Json,
  after: WantedCards,
  own: OwnPort,
): Op<(() => Stepped)[]> {
  const { interfaces } = yield* clients.nova.client();
  const detach = (port: string) => (): Stepped => once(interfaces.detach(server, port));
  const attach = (port_id: string | null) => (): Stepped =>
    once(interfaces.attach(server, { port_id, net_id: null, fixed_ip: null }));
  if (truth(before) && truth(after.interfaces)) {
    const [old, now] = [itemsOf(before), itemsOf(after.interfaces)];
    const gone = without(old, now);
    const come = without(now, old);
    return [...sortedPorts(gone).map(detach), ...sortedPorts(come).map(attach)];
  }
  const there = yield* interfaces.of(server);
  yield* deleteOwnPort(clients, own);
  const ports = yield* portsFor(clients, after, own);
  return [
    ...there.map((card) => detach(textOf(card, "port_id"))),
    ...(ports === undefined ? [attach(null)] : ports.map(attach)),
  ];
}

const without = (all: readonly Json[], others: readonly Json[]): Json[] =>
  all.filter((one) => !others.some((other) => repr(other) === repr(one)));

/** In one step. */
function* once(op: Op<unknown>): Stepped {
  yield* op;
}
