/**
 * What one attribute of a resource is: whether it may be set, what it is when nothing is said, what
 * becomes of a value, and what a value must be. Upstream: the entries of RESOURCE_ATTRIBUTE_MAP,
 * neutron/api/v2/attributes.py.
 */
import type { Json } from "../../../../python/index.js";

/** What of the configuration a validator looks at. */
export interface Limits {
  readonly max_allowed_address_pair: number;
}

export interface Attribute {
  /** May be set at creation (`allow_post`). */
  readonly post?: true;
  /** May be changed (`allow_put`). */
  readonly put?: true;
  /** At creation, when nothing is said. With neither this nor `optional` it must be given. */
  readonly default?: Json;
  /** The plugin decides when nothing is said (`ATTR_NOT_SPECIFIED`). */
  readonly optional?: true;
  /** `convert_to`, of bodies and of filters. @throws InvalidInput */
  readonly convert?: (value: Json) => Json;
  /** `convert_list_to`: all values of a filter at once. @throws InvalidInput */
  readonly convertList?: (values: readonly string[]) => Readonly<Record<string, readonly string[]>>;
  /** What is wrong with a value, if anything. @throws NeutronException where upstream's does */
  readonly validate?: (value: Json, limits: Limits) => string | undefined;
  /** Nobody is shown it (`is_visible`). */
  readonly hidden?: true;
  /** Loaded whatever fields were asked for (`required_by_policy`). */
  readonly neededByPolicy?: true;
  /** A rule of its own says who may set it (`enforce_policy`). */
  readonly enforced?: true;
  /** So has each of these members of its value. */
  readonly members?: readonly string[];
}

/** In the order in which CPython goes through upstream's map: of several errors the first is told. */
export type Attributes = Readonly<Record<string, Attribute>>;

export const attributeOf = (attributes: Attributes, name: string): Attribute | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;
