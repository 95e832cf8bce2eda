import { Text } from '@mantine/core'
import { Heading } from '../part/Heading'
import { LinkAnchor } from '../part/links'

export function Nowhere() {
  return (
    <>
      <Heading title="There is no page at this address" />
      <Text><LinkAnchor to="/">Home</LinkAnchor> lists all that there is.</Text>
    </>
  )
}
