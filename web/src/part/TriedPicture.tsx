import type { GivenPicture, Prediction } from '../api/types'
import { shown } from '../api/look'

/** A picture with what a model found drawn on it: points, or a mask. */
export function TriedPicture({ kept, said, name }: { kept: GivenPicture; said: Prediction; name: string }) {
  const points = said.answer.points ?? []
  const size = Math.max(kept.width, kept.height)
  return (
    <div className="tried">
      <img src={said.overlay ?? shown.picture(kept.picture, 480)} alt={name} className={size < 200 ? 'pixels' : undefined} />
      {points.length > 0 && (
        <svg viewBox={`0 0 ${kept.width} ${kept.height}`} role="img" aria-label={points.map((each) => `${each.name} at ${each.x.toFixed(1)}, ${each.y.toFixed(1)}`).join('; ')}>
          {points.map((each) => (
            <g key={each.name}>
              <circle cx={each.x} cy={each.y} r={size / (points.length > 8 ? 80 : 36)} fill="none" stroke="#000" strokeOpacity={0.55} strokeWidth={size / 75} />
              <circle cx={each.x} cy={each.y} r={size / (points.length > 8 ? 80 : 36)} fill="none" stroke="#ffd84d" strokeWidth={size / 130} />
              <circle cx={each.x} cy={each.y} r={size / 150} fill="#ffd84d" />
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
