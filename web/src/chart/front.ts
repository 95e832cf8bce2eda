/** Returns the positions of those that no other beats in both cost and value, by rising cost. */
export function front(all: { cost: number; value: number }[], better: 'higher' | 'lower'): number[] {
  const goodness = (i: number) => (better === 'higher' ? all[i]!.value : -all[i]!.value)
  const byCost = all.map((_, i) => i).toSorted((a, b) => all[a]!.cost - all[b]!.cost || goodness(b) - goodness(a))
  let best = -Infinity
  return byCost.filter((i) => {
    if (goodness(i) <= best) return false
    best = goodness(i)
    return true
  })
}
