/** Version of the method. Raise it with whatever changes what is told: shifts keep the one that opened them. */
export const DETECTOR = 1;
