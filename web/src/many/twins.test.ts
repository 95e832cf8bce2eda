import { describe, expect, it } from 'vitest'
import { classifyTwin } from './twins'

describe('the twins of classifying many pictures', () => {
  it('write the job into a file that the command takes, quotes and all', () => {
    expect(classifyTwin(['one', 'two'], { pictures: ["it's here/list.txt"] }).cli)
      .toBe(`echo '{"kind":"classify","models":["one","two"],"pictures":["it'\\''s here/list.txt"]}' > classify.yaml && fovea job run classify.yaml`)
  })

  it('name a part of a dataset in Java too', () => {
    expect(classifyTwin(['one'], { data: 'digits', split: 'test' }).java).toContain('List.of("one"), List.of(),\n        Optional.of("digits"), Optional.of("test")')
  })
})
