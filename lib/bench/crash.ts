export async function benchCrash(_options: { documents: number }): Promise<number> {
  return 0;
}
