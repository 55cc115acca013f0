/** Heights of the charts of a workload, in px: the first one and those below it. */
export const MAIN_HEIGHT = 216;
export const SUB_HEIGHT = 112;
