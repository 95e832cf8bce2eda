import { useEffect, useState } from 'react'

/** A grey picture: values 0 … 255 in reading order. */
export type Grey = { side: number; values: number[] }

/** Reads a picture's grey values, made `side` pixels wide and high; null until it is there. */
export function usePixels(url: string | null, side: number): Grey | null {
  const [grey, setGrey] = useState<Grey | null>(null)
  useEffect(() => {
    setGrey(null)
    if (url === null) return
    const picture = new Image()
    picture.onload = () => {
      const canvas = document.createElement('canvas')
      canvas.width = side
      canvas.height = side
      const context = canvas.getContext('2d')!
      context.drawImage(picture, 0, 0, side, side)
      const data = context.getImageData(0, 0, side, side).data
      setGrey({ side, values: Array.from({ length: side * side }, (_, i) =>
        Math.round(0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!)) })
    }
    picture.src = url
    return () => { picture.onload = null }
  }, [url, side])
  return grey
}
