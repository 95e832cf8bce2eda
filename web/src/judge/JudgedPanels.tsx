import { Text } from '@mantine/core'
import type { Evaluation, JudgedPicture } from '../api/types'
import { panel } from './api'

const NAMES = {
  segmentation: { picture: 'picture', truth: 'truth', answer: 'answer' },
  reconstruction: { picture: 'as shown', truth: 'as it is', answer: 'as it came back' },
} as const

/** What the network saw, what is true and what it answered, side by side. */
export function JudgedPanels({ picture, evaluation }: { picture: JudgedPicture; evaluation: Evaluation }) {
  const names = NAMES[evaluation.task === 'reconstruction' ? 'reconstruction' : 'segmentation']
  return (
    <span className="panels">
      {picture.panels!.map((each) => (
        <span key={each}>
          <img className="pixels" loading="lazy" src={panel(evaluation.job, picture.position, each)} alt={names[each]} />
          <Text span size="xs" c="dimmed">{names[each]}</Text>
        </span>
      ))}
    </span>
  )
}

/** The intersection over union of each class of a picture, the worst first. */
export function ClassScores({ picture, evaluation }: { picture: JudgedPicture; evaluation: Evaluation }) {
  const scores = Object.entries(picture.perClass ?? {}).toSorted((a, b) => a[1] - b[1])
  if (scores.length === 0) return null
  return (
    <ul className="bars classscores" aria-label="IoU of each class">
      {scores.map(([name, score]) => (
        <li key={name}>
          <Text size="sm" className="cut" title={name}><i className="swatch" style={{ background: evaluation.colors?.[evaluation.classNames?.indexOf(name) ?? -1] }} />{name}</Text>
          <div className="bar" style={{ width: `${100 * score}%`, height: 15 }} />
          <Text size="sm" ta="right">{(100 * score).toFixed(1)} %</Text>
        </li>
      ))}
    </ul>
  )
}
