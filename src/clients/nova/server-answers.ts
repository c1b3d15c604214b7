/**
 * What nova-api answers about one server, for programs: what was done with it, its volumes and its network cards.
 * Upstream: nova/api/openstack/compute/contrib/{instance_actions,volumes,attach_interfaces}.py at 2014.2.
 */
import { list, nullable, object, text, type Shaped } from "../api/shape.js";

export const ACTION = object({
  action: text,
  instance_uuid: text,
  request_id: text,
  user_id: nullable(text),
  project_id: nullable(text),
  start_time: text,
  message: nullable(text),
});

export const ATTACHMENT = object({
  id: text,
  serverId: text,
  volumeId: text,
  device: nullable(text),
});

export const INTERFACE = object({
  port_id: text,
  net_id: text,
  mac_addr: text,
  port_state: text,
  fixed_ips: list(object({ subnet_id: text, ip_address: text })),
});

/**
 * What has been done with a server, once.
 *
 * @example
 * ```ts
 * import { Cloud, type ServerAction } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * demo.command("nova boot t1 --flavor m1.nano --image cirros");
 * const actions: readonly ServerAction[] = cloud.run(demo.nova.actions("t1"));
 * actions.map(({ action }) => action).join(); // → "create"
 * ```
 */
export type ServerAction = Shaped<typeof ACTION>;
/**
 * A volume of a server.
 *
 * @example
 * ```ts
 * import type { VolumeAttachment } from "novasim";
 *
 * const attachment: Pick<VolumeAttachment, "device"> = { device: "/dev/vdb" };
 * attachment.device; // → "/dev/vdb"
 * ```
 */
export type VolumeAttachment = Shaped<typeof ATTACHMENT>;
/**
 * A network card of a server.
 *
 * @example
 * ```ts
 * import { Cloud, type ServerInterface } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const demo = cloud.user("demo");
 * demo.command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
 * cloud.settle();
 * const cards: readonly ServerInterface[] = cloud.run(demo.nova.interfaces("t1"));
 * cards.length; // → 1
 * ```
 */
export type ServerInterface = Shaped<typeof INTERFACE>;
