/** Characters of a password. Long enough to be a phrase, short enough to be hashed at once. */
export const PASSWORD = { least: 10, most: 128 } as const;
