import { fuzz } from './attack/fuzz.ts'
import { killAtRandom } from './attack/kill.ts'

/**
 * `npm run attack -- fuzz [COUNT [SEED]]` sends hostile calls through the door (100,000 by default);
 * `npm run attack -- kill [COUNT [SEED]]` kills a working core at random moments (200 by default).
 */
const [kind, countText, seedText] = process.argv.slice(2)
const seed = Number(seedText ?? Date.now() % 2 ** 31)
const known = {
  fuzz: () => fuzz(Number(countText ?? 100_000), seed),
  kill: () => killAtRandom(Number(countText ?? 200), seed),
}
if (kind !== 'fuzz' && kind !== 'kill') {
  console.error('yuetan: attack fuzz|kill [count [seed]]')
  process.exit(2)
}
console.error(`yuetan: ${kind}, seed ${seed}`)
const report = await known[kind]()
console.log(JSON.stringify(report, null, 2))
process.exit(report.faults.length > 0 ? 1 : 0)
