/**
 * VLANs on physical networks: tenants get the lowest free one of the configured ranges, admins any that
 * is free. A number 0 without a physical network is taken for none; upstream's query is then so open
 * that the whole pool counts as taken. Upstream: neutron/plugins/ml2/drivers/type_vlan.py at 2014.2.
 */
import { NoNetworkAvailable, VlanIdInUse } from "../../errors.js";
import { firstFree, LARGEST_VLAN, vlanRanges } from "./id-ranges.js";
import { invalid, isSaid, type InUse, type Segment, type TypeDriver } from "./type-driver.js";

/** @param entries `network_vlan_ranges`. @throws FlagError */
export function vlanDriver(entries: readonly string[]): TypeDriver {
  const ranges = vlanRanges("ml2_type_vlan.network_vlan_ranges", entries);

  /** As the table's key has them: by physical network, then by number. */
  const fromPool = (inUse: InUse, wanted: string | null): Segment | undefined => {
    const networks = wanted === null ? [...ranges.keys()].sort() : [wanted];
    for (const physical_network of networks) {
      const used = inUse("vlan").filter((other) => other.physical_network === physical_network);
      const taken = new Set(used.map(({ segmentation_id }) => segmentation_id));
      const segmentation_id = firstFree(ranges.get(physical_network) ?? [], taken);
      if (segmentation_id === undefined) continue;
      return { network_type: "vlan", physical_network, segmentation_id };
    }
    return undefined;
  };

  return {
    type: "vlan",
    isPartial: ({ segmentation_id }) => segmentation_id === null,
    validate({ physical_network, segmentation_id }) {
      if (!isSaid(physical_network)) {
        if (!isSaid(segmentation_id)) return;
        throw invalid("segmentation_id requires physical_network for VLAN provider network");
      }
      if (!ranges.has(physical_network)) {
        throw invalid(`physical_network '${physical_network}' unknown  for VLAN provider network`);
      }
      if (!isSaid(segmentation_id)) return;
      if (segmentation_id < 1 || segmentation_id > LARGEST_VLAN) {
        throw invalid(`segmentation_id out of range (1 through ${String(LARGEST_VLAN)})`);
      }
    },
    reserve(segment, inUse) {
      const { physical_network, segmentation_id: vlan_id } = segment;
      if (vlan_id === null || (vlan_id === 0 && physical_network === null)) {
        const found = fromPool(inUse, physical_network);
        if (found === undefined) throw new NoNetworkAvailable();
        return found;
      }
      const taken = inUse("vlan").some(
        (other) => other.physical_network === physical_network && other.segmentation_id === vlan_id,
      );
      if (taken) throw new VlanIdInUse({ vlan_id, physical_network });
      return segment;
    },
    allocate: (inUse) => fromPool(inUse, null),
  };
}
