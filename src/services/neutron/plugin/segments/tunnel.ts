/**
 * GRE and VXLAN: numbers for the whole cloud, and the addresses at which the tunnels of its hosts end.
 * Upstream: neutron/plugins/ml2/drivers/type_tunnel.py, type_gre.py, type_vxlan.py at 2014.2.
 */
import type { Env } from "../../../../framework/index.js";
import { NoNetworkAvailable, TunnelIdInUse } from "../../errors.js";
import { firstFree, tunnelRanges } from "./id-ranges.js";
import { invalid, isSaid, type InUse, type Segment, type TypeDriver } from "./type-driver.js";

interface TunnelKind {
  readonly type: "gre" | "vxlan";
  readonly flag: string;
  readonly largest: number;
  /** A range of more numbers than this is passed over. */
  readonly most: number;
  /** What the log calls such a range. */
  readonly what: string;
}

export const GRE: TunnelKind = {
  type: "gre",
  flag: "ml2_type_gre.tunnel_id_ranges",
  largest: 0xffff_ffff,
  most: 1_000_000,
  what: "gre ID",
};

export const VXLAN: TunnelKind = {
  type: "vxlan",
  flag: "ml2_type_vxlan.vni_ranges",
  largest: 0xff_ffff,
  most: 0xff_ffff,
  what: "VXLAN VNI",
};

/** @param entries the ranges of numbers for tenants. @throws FlagError */
export function tunnelDriver(env: Env, kind: TunnelKind, entries: readonly string[]): TypeDriver {
  const { type } = kind;
  const ranges = tunnelRanges(kind.flag, entries, kind.largest).filter(({ first, last }) => {
    if (last + 1 - first <= kind.most) return true;
    const range = `${String(first)}:${String(last)}`;
    env.log("error", `Skipping unreasonable ${kind.what} range ${range}`);
    return false;
  });

  const fromPool = (inUse: InUse): Segment | undefined => {
    const taken = new Set(inUse(type).map(({ segmentation_id }) => segmentation_id));
    const segmentation_id = firstFree(ranges, taken);
    if (segmentation_id === undefined) return undefined;
    return { network_type: type, physical_network: null, segmentation_id };
  };

  return {
    type,
    isPartial: ({ segmentation_id }) => segmentation_id === null,
    validate({ physical_network }) {
      if (!isSaid(physical_network)) return;
      throw invalid(`provider:physical_network specified for ${type} network`);
    },
    reserve({ segmentation_id }, inUse) {
      if (segmentation_id === null) {
        const found = fromPool(inUse);
        if (found === undefined) throw new NoNetworkAvailable();
        return found;
      }
      if (inUse(type).some((other) => other.segmentation_id === segmentation_id)) {
        throw new TunnelIdInUse({ tunnel_id: segmentation_id });
      }
      return { network_type: type, physical_network: null, segmentation_id };
    },
    allocate: fromPool,
  };
}
