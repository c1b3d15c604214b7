/**
 * The three parts of a volume's host, `node@backend#pool`, of which only the first must be there.
 * Upstream: cinder/volume/utils.py (extract_host, append_host) at 2014.2.
 */

const DEFAULT_POOL = "_pool0";

/** `node@backend`: the server of cinder-volume's messages. */
export const backendOf = (host: string): string => host.split("#")[0] ?? host;

/** The pool; undefined where none is said. */
export const poolOf = (host: string): string | undefined => host.split("#")[1];

export const poolOrDefault = (host: string): string => poolOf(host) ?? DEFAULT_POOL;

export const withPool = (host: string, pool: string): string => `${host}#${pool}`;
