import type { Entry } from './tar'

/** What somebody dropped or chose: files with their paths, and what to call them together. */
export type Dropped = { name: string; entries: Entry[] }

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz)$/i

/** Whether it is one archive, which is sent as it is. */
export const isArchive = (dropped: Dropped) => dropped.entries.length === 1 && ARCHIVE.test(dropped.entries[0]!.path)

/** Returns files that were chosen; those of a folder know their place in it. */
export function ofFiles(files: Iterable<File>): Dropped {
  return named([...files].map((file) => ({ path: file.webkitRelativePath || file.name, file })))
}

/** Returns all that was dropped, folders with everything below them; must be called while the drop is handled. */
export async function ofDrop(dropped: DataTransfer): Promise<Dropped> {
  const roots = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (roots.length === 0) return ofFiles([...dropped.files])
  const entries: Entry[] = []
  for (const root of roots) await walk(root, entries)
  return named(entries)
}

function named(entries: Entry[]): Dropped {
  const first = entries[0]?.path.split('/') ?? []
  const top = first[0] ?? 'pictures'
  const isOne = entries.length === 1 || entries.every((entry) => entry.path.startsWith(`${top}/`))
  return { name: isOne ? top : 'pictures', entries }
}

async function walk(entry: FileSystemEntry, into: Entry[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))
    into.push({ path: entry.fullPath.replace(/^\//, ''), file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) { // a browser gives a hundred at a time
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed))
    if (some.length === 0) return
    for (const each of some) await walk(each, into)
  }
}
