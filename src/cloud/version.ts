/** The version of this package; a test holds it against package.json. */
export const NOVASIM_VERSION = "0.1.0";
