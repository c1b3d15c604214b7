/**
 * What another service tells of a server, on its way to the server's host. Upstream:
 * nova/objects/external_event.py (InstanceExternalEvent 1.0) at 2014.2.
 */
import { versioned } from "./base/declare.js";

export interface ExternalEventFields {
  readonly instance_uuid: string;
  /** `network-vif-plugged`, `network-vif-unplugged`, `network-changed`. */
  readonly name: string;
  readonly status: string;
  /** The port. */
  readonly tag: string | null;
}

/** Its field `data` is set by nobody at 2014.2, and so is never on the wire. */
export class InstanceExternalEvent extends versioned<ExternalEventFields>({
  name: "InstanceExternalEvent",
  version: "1.0",
  fields: { instance_uuid: true, name: true, status: true, tag: true },
}) {
  /** `network-vif-plugged-<port>`. */
  get key(): string {
    const { name, tag } = this;
    return tag === null ? name : `${name}-${tag}`;
  }
}
