/** Which versions go together. Upstream: oslo.messaging `_utils.py:version_is_compatible`; messaging §A6. */

/**
 * Whether a server that implements `implemented` can serve a request for `requested`: the same
 * major, and a minor (then a third part) no higher than the server's. Missing parts are 0.
 */
export function versionIsCompatible(implemented: string, requested: string): boolean {
  if (implemented === requested) return true;
  const [major, minor, patch] = parts(implemented);
  const [wantMajor, wantMinor, wantPatch] = parts(requested);
  if (major !== wantMajor || wantMinor > minor) return false;
  return wantMinor < minor || wantPatch <= patch;
}

function parts(version: string): [number, number, number] {
  const [major = "0", minor = "0", patch = "0"] = version.split(".");
  return [Number(major), Number(minor), Number(patch)];
}
