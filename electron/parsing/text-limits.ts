/** Most characters of one material that are looked through: some 600 pages. What lies beyond is not found by search. */
export const textLimit = 1_000_000
