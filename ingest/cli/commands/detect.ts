import { detectFile, InvalidSeries } from "@/lib/changepoint";
import { EXIT, type Exit, WrongUse } from "../exit";
import type { Io } from "../io";
import { readJsonFile } from "../read/json";

/** Prints the changepoints of the series in a file as JSON. Needs no server. */
export async function detect(path: string, io: Io): Promise<Exit> {
  const value = await readJsonFile(path, io.input);
  try {
    io.print(JSON.stringify(detectFile(value)));
    return EXIT.done;
  } catch (error) {
    if (error instanceof InvalidSeries) throw new WrongUse(`${path}: ${error.message}`);
    throw error;
  }
}
