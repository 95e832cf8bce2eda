/** Returns a file's path within a folder, with slashes; null if it lies elsewhere. */
export function within(folder: string, file: string): string | null {
  const plain = (path: string) => path.replaceAll('\\', '/')
  return plain(file).startsWith(`${plain(folder)}/`) ? plain(file).slice(folder.length + 1) : null
}

/** Returns the name of the model of a workspace that a model file is of; null of any other file. */
export function modelOf(file: string): string | null {
  return /[\\/]models[\\/]([^\\/]+)[\\/][0-9]+[\\/][^\\/]+$/.exec(file)?.[1] ?? null
}
