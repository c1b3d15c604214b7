/**
 * What a driver of one network type does: says whether a segment may be so, reserves it, and gives one
 * to a tenant. What is taken is what the segments of networks say; upstream keeps a table of it for each
 * type, whose rows come and go with them. Upstream: neutron/plugins/ml2/driver_api.py (TypeDriver) at 2014.2.
 */
import { InvalidInput } from "../../errors.js";
import type { NetworkSegment } from "../../db/rows.js";

/** A segment without its network. */
export type Segment = Omit<NetworkSegment, "uuid" | "network_id">;

/** The segments of a type that are in use, those of the request at hand among them. */
export type InUse = (networkType: string) => readonly Segment[];

export interface TypeDriver {
  readonly type: string;
  /** Whether it leaves something for the driver to choose. */
  isPartial(segment: Segment): boolean;
  /** @throws InvalidInput */
  validate(segment: Segment): void;
  /** @throws VlanIdInUse and its like, NoNetworkAvailable */
  reserve(segment: Segment, inUse: InUse): Segment;
  /** One for a tenant's network, if there is one left. */
  allocate(inUse: InUse): Segment | undefined;
}

export const invalid = (error_message: string): InvalidInput => new InvalidInput({ error_message });

/** Zero and the empty text are none, wherever Python asks for truth. */
export const isSaid = (value: string | number | null): value is string | number =>
  value !== null && value !== "" && value !== 0;

/** @throws InvalidInput for a member that a type has no use for */
export function prohibit(segment: Segment, ...members: (keyof Segment)[]): void {
  for (const member of members) {
    if (!isSaid(segment[member])) continue;
    throw invalid(`${member} prohibited for ${segment.network_type} provider network`);
  }
}
