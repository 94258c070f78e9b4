/** Every verb of the program, by `room.verb`. The typed client, the preload and the core derive from this table. */
export const contract = {} as const
