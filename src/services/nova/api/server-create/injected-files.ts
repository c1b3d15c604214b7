/**
 * Files that a request wants in its servers, and user data: both are base64. Upstream:
 * nova/api/openstack/compute/servers.py (_get_injected_files, _decode_base64, _validate_user_data) at
 * 2014.2.
 */
import {
  item,
  iterate,
  KeyError,
  PythonTypeError,
  truth,
  type Json,
} from "../../../../python/index.js";
import { badRequest, isBase64, shown } from "../input.js";

/** A file as it was asked for: its path may be anything yet. */
export type RequestedFile = readonly [path: Json, contents: string];

/** @throws HttpFault 400, PythonTypeError */
export function injectedFiles(personality: Json): RequestedFile[] {
  if (!truth(personality)) return [];
  return iterate(personality).map((file) => {
    const { path, contents } = partsOf(file);
    if (!isText64(contents)) {
      throw badRequest(`Personality content for ${shown(path)} cannot be decoded`);
    }
    return [path, contents] as const;
  });
}

/** @throws HttpFault 400, PythonTypeError */
export function checkUserData(userData: Json): void {
  if (truth(userData) && !isText64(userData)) {
    throw badRequest("Userdata content cannot be decoded");
  }
}

function partsOf(file: Json): { readonly path: Json; readonly contents: Json } {
  try {
    return { path: item(file, "path"), contents: item(file, "contents") };
  } catch (error) {
    if (error instanceof KeyError) {
      throw badRequest(`Bad personality format: missing ${error.message}`);
    }
    if (error instanceof PythonTypeError) throw badRequest("Bad personality format");
    throw error;
  }
}

/** @throws PythonTypeError for what is no text */
function isText64(data: Json): data is string {
  if (typeof data !== "string") throw new PythonTypeError("expected string or buffer");
  return isBase64(data);
}
