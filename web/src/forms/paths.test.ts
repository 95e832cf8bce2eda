import { describe, expect, it } from 'vitest'
import { modelOf, within } from './paths'

describe('A path', () => {
  it('within a folder is told from there', () => {
    expect(within('/ws/runs/export-1', '/ws/runs/export-1/site/index.html')).toBe('site/index.html')
    expect(within('C:\\ws\\runs\\export-1', 'C:\\ws\\runs\\export-1\\site\\index.html')).toBe('site/index.html')
  })
  it('elsewhere is none of it', () => expect(within('/ws/runs/export-1', '/ws/runs/export-12/x')).toBeNull())
  it('of a version in a workspace tells the model', () => {
    expect(modelOf('/ws/models/pets-int8/2/pets-int8.fovea')).toBe('pets-int8')
    expect(modelOf('/home/me/pets.fovea')).toBeNull()
  })
})
