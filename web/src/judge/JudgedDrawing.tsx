import { address, type Split } from '../api/client'
import type { Evaluation, JudgedPicture } from '../api/types'

/** A judged picture; of a regression with the true points as rings and the predicted ones as dots at the end of a line. */
export function JudgedDrawing({ picture, evaluation, large = false }: { picture: JudgedPicture; evaluation: Evaluation; large?: boolean }) {
  const points = picture.points ?? []
  const source = address.picture(evaluation.data, evaluation.split as Split, picture.position)
  if (points.length === 0 || !evaluation.width || !evaluation.height)
    return <img className={large ? 'pixels largepicture' : 'pixels'} loading="lazy" src={source} alt={large ? picture.source : ''} />
  const { width, height } = evaluation
  const size = Math.max(width, height)
  const unit = size / (points.length > 8 ? 90 : 36)
  return (
    <svg className={large ? 'pointed largepicture' : 'pointed'} viewBox={around(points, width, height, 2 * unit)} role="img"
      aria-label={points.map((each) => `${each.name}: is at ${place(each.truth)}, found at ${place(each.predicted)}`).join('; ')}>
      <image href={source} width={width} height={height} className="pixels" />
      {points.map((each) => (
        <g key={each.name}>
          <title>{each.name}</title>
          <line x1={each.truth.x} y1={each.truth.y} x2={each.predicted.x} y2={each.predicted.y} stroke="#000" strokeOpacity={0.5} strokeWidth={unit / 1.4} />
          <line x1={each.truth.x} y1={each.truth.y} x2={each.predicted.x} y2={each.predicted.y} stroke="#fff" strokeWidth={unit / 3} />
          <circle cx={each.truth.x} cy={each.truth.y} r={unit * 1.5} fill="none" stroke="#000" strokeOpacity={0.55} strokeWidth={unit} />
          <circle cx={each.truth.x} cy={each.truth.y} r={unit * 1.5} fill="none" stroke={TRUTH} strokeWidth={unit / 2} />
          <circle cx={each.predicted.x} cy={each.predicted.y} r={unit} fill={FOUND} stroke="#000" strokeOpacity={0.6} strokeWidth={unit / 3} />
        </g>
      ))}
    </svg>
  )
}

/** A point may be found beside the picture: then what is shown reaches as far. */
function around(points: NonNullable<JudgedPicture['points']>, width: number, height: number, margin: number): string {
  const beside = (at: number, end: number) => (at < 0 || at > end ? [at - margin, at + margin] : [])
  const xs = [0, width, ...points.flatMap((each) => beside(each.predicted.x, width))]
  const ys = [0, height, ...points.flatMap((each) => beside(each.predicted.y, height))]
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  return `${left} ${top} ${Math.max(...xs) - left} ${Math.max(...ys) - top}`
}

const place = (at: { x: number; y: number }) => `${at.x.toFixed(1)}, ${at.y.toFixed(1)}`

export const TRUTH = '#4ade80'
export const FOUND = '#ffd84d'

/** What rings and dots mean. */
export function PointLegend() {
  return (
    <p className="pointlegend">
      <svg viewBox="0 0 12 12" aria-hidden><circle cx="6" cy="6" r="4" fill="none" stroke="#3f3f46" strokeWidth="3.4" /><circle cx="6" cy="6" r="4" fill="none" stroke={TRUTH} strokeWidth="2" /></svg> where it is
      <svg viewBox="0 0 12 12" aria-hidden><circle cx="6" cy="6" r="4" fill={FOUND} stroke="#3f3f46" /></svg> where it was found
    </p>
  )
}
