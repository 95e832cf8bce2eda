/**
 * Returns a curve smoothed by an exponential mean whose first values are not pulled to zero: s = Σ wᵏ·y / Σ wᵏ over the values so far.
 * A constant stays what it is, and gaps stay gaps.
 *
 * @param weight of the past, 0 (nothing is smoothed) to below 1
 */
export function smooth(values: (number | null)[], weight: number): (number | null)[] {
  if (weight <= 0) return values
  let mean = 0
  let weights = 0
  return values.map((value) => {
    if (value == null) return null
    weights = weights * weight + 1
    mean += (value - mean) / weights
    return mean
  })
}
