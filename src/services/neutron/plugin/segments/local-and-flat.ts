/**
 * Types without numbers: local networks, which end at their host, and flat ones, of which each physical
 * network has one. Upstream: neutron/plugins/ml2/drivers/type_local.py, type_flat.py at 2014.2.
 */
import { FlagError } from "../../../../framework/flags/index.js";
import { FlatNetworkInUse } from "../../errors.js";
import { invalid, isSaid, prohibit, type Segment, type TypeDriver } from "./type-driver.js";

const LOCAL: Segment = { network_type: "local", physical_network: null, segmentation_id: null };

export const localDriver: TypeDriver = {
  type: "local",
  isPartial: () => false,
  validate(segment) {
    prohibit(segment, "physical_network", "segmentation_id");
  },
  reserve: (segment) => segment,
  allocate: () => LOCAL,
};

/** @param networks `flat_networks`; with `*` among them, or none at all, any name is good */
export function flatDriver(networks: readonly string[]): TypeDriver {
  if (networks.includes("")) {
    const right = "Write names with commas between them, or *.";
    throw new FlagError(
      `flag ml2_type_flat.flat_networks: physical network name is empty. ${right}`,
    );
  }
  const known = networks.includes("*") || networks.length === 0 ? undefined : networks;
  return {
    type: "flat",
    isPartial: () => false,
    validate(segment) {
      const { physical_network } = segment;
      if (!isSaid(physical_network)) {
        throw invalid("physical_network required for flat provider network");
      }
      if (known?.includes(physical_network) === false) {
        throw invalid(`physical_network '${physical_network}' unknown for flat provider network`);
      }
      prohibit(segment, "segmentation_id");
    },
    reserve(segment, inUse) {
      const { physical_network } = segment;
      const taken = inUse("flat").some((other) => other.physical_network === physical_network);
      if (taken) throw new FlatNetworkInUse({ physical_network });
      return segment;
    },
    // Tenants have none.
    allocate: () => undefined,
  };
}
