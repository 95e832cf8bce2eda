import { describe, expect, it } from 'vitest'
import { classifyTwin } from './twins'

describe('the twins of classifying many pictures', () => {
  it('write the job into a file that the command takes, quotes and all', () => {
    expect(classifyTwin(['one', 'two'], { pictures: ["it's here/list.txt"] }).cli)
      .toBe(`echo '{"kind":"classify","models":["one","two"],"pictures":["it'\\''s here/list.txt"]}' > classify.yaml && fovea job run classify.yaml`)
  })

  it('name a part of a dataset in Java too', () => {
    expect(classifyTwin(['one'], { data: 'digits', split: 'test' }).java).toContain('List.of("one"), List.of(),\n        Optional.of("digits"), Optional.of("test"), Optional.empty()')
  })

  it('say how many classes are told where that is not as usual', () => {
    const three = classifyTwin(['one'], { pictures: ['photos'] }, 3)
    expect(three.cli).toContain('"top":3')
    expect(three.java).toContain('Path.of("photos")).withTop(3)')
    expect(classifyTwin(['one'], { data: 'digits' }, 3).java).toContain('Optional.of("digits"), Optional.empty(), Optional.of(3)')
  })
})
