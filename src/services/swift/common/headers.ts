/**
 * Headers that are still being put together, by their names in lower case, and what their names say of
 * them. Upstream: swift/common/request_helpers.py (is_user_meta, is_sys_meta), bufferedhttp.py
 * (HeaderKeyDict) at 2.2.0.
 */
import type { Headers } from "../../../http/index.js";

export type HeaderMap = Map<string, string>;

/** The three sorts of things. */
export type EntityType = "account" | "container" | "object";

export const headerMap = (headers: Headers | ReadonlyMap<string, string>): HeaderMap =>
  new Map<string, string>(isMap(headers) ? headers : Object.entries(headers));

const isMap = (
  headers: Headers | ReadonlyMap<string, string>,
): headers is ReadonlyMap<string, string> => headers instanceof Map;

export const plainHeaders = (headers: ReadonlyMap<string, string>): Headers =>
  Object.fromEntries(headers);

export const isUserMeta = (type: EntityType, name: string): boolean =>
  startsAndGoesOn(name, `x-${type}-meta-`);

export const isSysMeta = (type: EntityType, name: string): boolean =>
  startsAndGoesOn(name, `x-${type}-sysmeta-`);

export const isSysOrUserMeta = (type: EntityType, name: string): boolean =>
  isUserMeta(type, name) || isSysMeta(type, name);

const startsAndGoesOn = (name: string, prefix: string): boolean =>
  name.length > prefix.length && name.startsWith(prefix);

/** `config_true_value`: what Swift takes for yes. */
export const isTrue = (text: string | undefined): boolean =>
  text !== undefined && ["true", "1", "yes", "on", "t", "y"].includes(text.toLowerCase());

/** `csv_append`. */
export const appended = (list: string | undefined, item: string): string =>
  list === undefined || list === "" ? item : `${list},${item}`;
