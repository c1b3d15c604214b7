/** The one place where what a user wrote is brought in. In the bundle `tools/load.cjs` does it. */

/** @param url of the module @throws whatever it throws */
export const importModule = (url: string): Promise<unknown> => import(url);
