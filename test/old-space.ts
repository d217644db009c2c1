import v8 from 'node:v8';
import vm from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

function collector(): Collect {
  v8.setFlagsFromString('--expose-gc');
  return vm.runInNewContext('gc') as Collect;
}

const oldBytes = (): number =>
  v8.getHeapSpaceStatistics().find((space) => space.space_name === 'old_space')?.space_used_size ?? 0;

/**
 * By how many bytes what V8 holds to be old grows while `work` runs so often, when only what is young is collected. What work
 * leaves behind for nobody must not be among it: under load that is most of what collecting costs.
 */
export async function oldGrowth(times: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const collect = collector();
  const settle = (): void => [1, 2, 3].forEach(() => collect({ type: 'minor' }));
  for (let n = 0; n < 20; n += 1) await work(n);
  settle();
  const before = oldBytes();
  for (let n = 0; n < times; n += 1) {
    await work(n);
    if (n % 25 === 24) settle();
  }
  settle();
  return oldBytes() - before;
}
