/**
 * The filters about what a host's aggregates say of the flavors, images and projects that they are for. Upstream:
 * nova/scheduler/filters/aggregate_instance_extra_specs.py, aggregate_multitenancy_isolation.py,
 * aggregate_image_properties_isolation.py, type_filter.py (AggregateTypeAffinityFilter) at 2014.2.
 */
import { extraSpecMatches } from "../../../../../framework/index.js";
import { dictOrder, repr } from "../../../../../python/index.js";
import { metadataOfHost, valuesOfHost } from "../../../db/aggregates/aggregates.js";
import type { HostState } from "../../host-state.js";
import type { SchedulingRequest } from "../../request.js";
import type { FilterEnv, HostFilter, HostTest } from "../filter.js";
import { imageProperties } from "../image-properties-filter.js";

const SCOPE = "aggregate_instance_extra_specs";

/** What is against a host: in a few characters, and as upstream logs it. */
interface Objection {
  readonly short: string;
  readonly line: string | undefined;
}

type Rule = (host: HostState) => Objection | undefined;

const filterOf = (
  name: string,
  ruleFor: (request: SchedulingRequest) => Rule | undefined,
): HostFilter => ({
  name,
  oncePerRequest: true,
  forRequest(request) {
    const rule = ruleFor(request);
    return rule && testOf(rule);
  },
});

/** Nothing of aggregates changes while hosts are chosen, so a host is looked at once. */
function testOf(rule: Rule): HostTest {
  const known = new Map<string, Objection | undefined>();
  const against = (host: HostState): Objection | undefined => {
    if (!known.has(host.host)) known.set(host.host, rule(host));
    return known.get(host.host);
  };
  return {
    passes: (host) => against(host) === undefined,
    compared: (host) => against(host)?.short ?? "is so",
    debug(host) {
      const line = against(host)?.line;
      return line === undefined ? [] : [line];
    },
  };
}

export const aggregateMetadataFilters = (env: FilterEnv): readonly HostFilter[] => [
  extraSpecsFilter(env),
  multiTenancyFilter(env),
  imagePropertiesFilter(env),
  typeAffinityFilter(env),
];

/** Every extra spec without a scope, or of this one, must be met by some aggregate of the host. */
const extraSpecsFilter = ({ db }: FilterEnv): HostFilter =>
  filterOf("AggregateInstanceExtraSpecsFilter", ({ instanceType: { extra_specs: specs = {} } }) => {
    const wanted = dictOrder(Object.keys(specs)).flatMap((spec): [string, string][] => {
      const at = spec.indexOf(":");
      if (at >= 0 && spec.slice(0, at) !== SCOPE) return [];
      return [[spec.slice(at + 1), specs[spec] ?? ""]];
    });
    if (wanted.length === 0) return undefined;
    return (host) => {
      const metadata = metadataOfHost(db, host.host);
      for (const [key, requirement] of wanted) {
        const values = [...(metadata.get(key) ?? [])];
        const fails = `${host.repr()} fails instance_type extra_specs requirements.`;
        if (values.length === 0) {
          return { short: `no ${key}`, line: `${fails} Extra_spec ${key} is not in aggregate.` };
        }
        if (values.some((value) => extraSpecMatches(value, requirement))) continue;
        const line = `${fails} '${setText(values)}' do not match '${requirement}'`;
        return { short: `${key} ${values.join(" ")}`, line };
      }
      return undefined;
    };
  });

/** Hosts that an aggregate keeps for some projects are for no other. */
const multiTenancyFilter = ({ db }: FilterEnv): HostFilter =>
  filterOf("AggregateMultiTenancyIsolation", ({ requestSpec }) => {
    const project = requestSpec.instance_properties["project_id"];
    return (host) => {
      const tenants = valuesOfHost(db, host.host, "filter_tenant_id");
      if (tenants.length === 0 || tenants.some((tenant) => tenant === project)) return undefined;
      return {
        short: "for other projects",
        line: `${host.repr()} fails tenant id on aggregate`,
      };
    };
  });

/** What an aggregate says of a property that the image has, too, must be what the image says. */
const imagePropertiesFilter = ({ db, flags }: FilterEnv): HostFilter =>
  filterOf("AggregateImagePropertiesIsolation", ({ requestSpec: { image } }) => {
    const properties: Readonly<Record<string, unknown>> = imageProperties(image);
    const namespace = flags.aggregate_image_properties_isolation_namespace;
    const prefix =
      namespace === null || namespace === ""
        ? ""
        : namespace + flags.aggregate_image_properties_isolation_separator;
    return (host) => {
      const metadata = metadataOfHost(db, host.host);
      for (const key of dictOrder([...metadata.keys()])) {
        if (!key.startsWith(prefix) || !Object.hasOwn(properties, key)) continue;
        const property = properties[key];
        const options = [...(metadata.get(key) ?? [])];
        if (typeof property !== "string" || property === "" || options.includes(property)) continue;
        return {
          short: `${key} ${options.join(" ")}`,
          line: `${host.repr()} fails image aggregate properties requirements. Property ${property} does not match ${setText(options)}.`,
        };
      }
      return undefined;
    };
  });

/** Hosts whose aggregate names flavors are for these alone. */
const typeAffinityFilter = ({ db }: FilterEnv): HostFilter =>
  filterOf("AggregateTypeAffinityFilter", ({ instanceType: { name } }) => (host) => {
    const flavors = valuesOfHost(db, host.host, "instance_type");
    if (flavors.length === 0 || flavors.includes(name)) return undefined;
    return { short: `for ${flavors.join(" ")}`, line: undefined };
  });

/** As Python 2.7 writes a set of texts out of a database. */
const setText = (values: readonly string[]): string => `set(${repr(dictOrder(values))})`;
