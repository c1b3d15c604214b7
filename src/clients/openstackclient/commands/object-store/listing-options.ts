/**
 * Which part of a long list is asked for. Upstream: openstackclient/object/v1/container.py, object.py,
 * 0.4.1.
 */
import type { Arguments } from "../../../openstack/arguments.js";
import { valueOption } from "../../../openstack/options.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import type { ObjectListing } from "../../object-store.js";

const prefixOption: OptionSpec = valueOption("--prefix", "<prefix>", "What begins so.");

const window: readonly OptionSpec[] = [
  valueOption("--marker", "<marker>", "What comes behind this."),
  valueOption("--end-marker", "<end-marker>", "What comes before this."),
  { ...valueOption("--limit", "<limit>", "No more than this."), type: int },
];

export const listingOptions: readonly OptionSpec[] = [prefixOption, ...window];

export const objectListingOptions: readonly OptionSpec[] = [
  prefixOption,
  valueOption("--delimiter", "<delimiter>", "Names are told up to this."),
  ...window,
];

export const listingOf = (args: Arguments): ObjectListing => ({
  marker: args.text("marker"),
  limit: args.number("limit"),
  end_marker: args.text("end_marker"),
  delimiter: args.text("delimiter"),
  prefix: args.text("prefix"),
});
