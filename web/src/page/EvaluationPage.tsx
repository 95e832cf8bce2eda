import { Box, Button, Group, Loader, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { address, type Split } from '../api/client'
import type { Evaluation, JudgedMeasure } from '../api/types'
import { judged, evaluateJob } from '../judge/api'
import { CalibrationPart } from '../judge/CalibrationPart'
import { ClassTable } from '../judge/ClassTable'
import { ConfusionPart } from '../judge/ConfusionPart'
import { ErrorTables } from '../judge/ErrorTables'
import { JudgedTiles } from '../judge/JudgedTiles'
import { SurestPart } from '../judge/SurestPart'
import { evaluateTwin, evaluationTwin } from '../judge/twins'
import { count, measured, plain } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'

/** How good a model was found to be: every figure as the job's folder has it. */
export function EvaluationPage() {
  const { id } = useParams({ from: '/runs/$id/evaluation' })
  const evaluation = useQuery({ queryKey: ['evaluation', id], queryFn: () => judged.evaluation(id), staleTime: Infinity })
  if (evaluation.error) return <><Heading title={id} line="Evaluation" /><ProblemCard problem={parts(evaluation.error)} /></>
  if (!evaluation.data) return <Loader m="xl" aria-label="Loading" />
  const data = evaluation.data
  const whole = data.missing.length === 0
  return (
    <>
      <Head evaluation={data} />
      {data.remarks.map((remark) => <Text key={remark} mb="sm" size="sm" style={{ maxWidth: 760 }}>{remark}</Text>)}
      {data.missing.map((each) => <Box key={each.what} mb="md"><ProblemCard problem={each} /></Box>)}
      <Box className="surface facts" p="lg">
        {data.measures.map((measure) => <Measured key={measure.name} measure={measure} />)}
        {data.pictures !== undefined && <Fact label={`pictures of ${data.split}`}>{count(data.pictures)}</Fact>}
        {data.meanLoss !== undefined && <Fact label="mean loss">{plain(data.meanLoss)}</Fact>}
        {data.macroAverage && <Fact label="mean recall over classes">{measured(data.macroAverage.recall, 'share')}</Fact>}
        {data.guessError !== undefined && <Fact label={`error of guessing, ${data.unit}`}>{plain(data.guessError)}</Fact>}
      </Box>
      <ConfusionPart evaluation={data} />
      <ClassTable evaluation={data} />
      <ErrorTables evaluation={data} />
      {data.calibration && <CalibrationPart calibration={data.calibration} />}
      {whole && <Section title="The hardest"><Box className="surface" p="lg"><JudgedTiles evaluation={data} wanted={{}} first={12} title="pictures, the hardest first" /></Box></Section>}
      {whole && <SurestPart evaluation={data} />}
      {data.files.length > 0 && (
        <Section title="Charts to keep">
          <Group gap="sm">
            {data.files.map((file) => <Button key={file} component="a" variant="default" size="xs" href={address.file(id, file)} download leftSection={<Icon name="download" size={14} />}>{file}</Button>)}
          </Group>
        </Section>
      )}
    </>
  )
}

function Head({ evaluation }: { evaluation: Evaluation }) {
  const navigate = useNavigate()
  const model = evaluation.model ?? evaluation.file ?? ''
  const again = useMutation({
    mutationFn: () => judged.begin(evaluateJob(model, evaluation.data, evaluation.split)),
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  return (
    <>
      <Heading
        title={`How good is ${evaluation.model ?? 'the model'}?`}
        line={<Group gap={6}>
          <span>on {evaluation.split} of <LinkAnchor to="/datasets/$name" params={{ name: evaluation.data }}>{evaluation.data}</LinkAnchor></span>
          {evaluation.model && <span>· <LinkAnchor to="/models/$name" params={{ name: evaluation.model }}>the model</LinkAnchor></span>}
          <span>· found by <LinkAnchor to="/runs/$id" params={{ id: evaluation.job }}>{evaluation.job}</LinkAnchor></span>
        </Group>}
      >
        <Twins what="What was found" twin={evaluationTwin(evaluation.job)} />
        <LinkButton to="/evaluations" variant="default">All evaluations</LinkButton>
        {model && <Button leftSection={<Icon name="again" size={15} />} loading={again.isPending} onClick={() => again.mutate()}>Evaluate again</Button>}
        {model && <Twins what="Evaluate again" twin={evaluateTwin(model, evaluation.data, evaluation.split as Split)} />}
      </Heading>
      {again.error && <Box mb="md"><ProblemCard problem={parts(again.error)} /></Box>}
    </>
  )
}

function Measured({ measure }: { measure: JudgedMeasure }) {
  return (
    <Box>
      <Fact label={measure.name}>{measured(measure.value, measure.unit)}</Fact>
      {measure.low !== undefined && measure.high !== undefined && (
        <Text size="xs" c="dimmed">95 %: {measured(measure.low, measure.unit)} … {measured(measure.high, measure.unit)}</Text>
      )}
    </Box>
  )
}
