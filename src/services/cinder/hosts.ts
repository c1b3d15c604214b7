/**
 * The three parts of a volume's host, `node@backend#pool`, of which only the first must be there.
 * Upstream: cinder/volume/utils.py (extract_host, append_host) at 2014.2.
 */

/** `node@backend`: the server of cinder-volume's messages. */
export const backendOf = (host: string): string => host.split("#")[0] ?? host;

/** The pool; undefined where none is said. */
export const poolOf = (host: string): string | undefined => host.split("#")[1];

export const withPool = (host: string, pool: string): string => `${host}#${pool}`;
