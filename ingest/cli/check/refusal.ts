import { EXIT, type Exit, Refused } from "../exit";

/** A question that the server does not answer as it was put. 1 is the answer of a gate that failed; this is none. */
class NotAnswered extends Refused {
  override get exit(): Exit {
    return EXIT.wrongUse;
  }
}

/** The answer, or the refusal as wrong use. For commands that only ask: what they sent is a question, not a document. */
export async function asWrongUse<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new NotAnswered(error.message, error.status, error.faults);
  }
}
