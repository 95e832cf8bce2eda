import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one colour that says "look here": links, the main button, the curve of the training pictures. */
const iris: MantineColorsTuple = [
  '#eef1ff', '#dce2fb', '#b7c2f3', '#8fa0eb', '#6d82e5', '#566fe1', '#4a65e0', '#3b54c7', '#324bb3', '#26409e',
]

/** Dark surfaces with a little blue in them, from text to ground. */
const dark: MantineColorsTuple = [
  '#dcdee2', '#bcbfc6', '#9aa0aa', '#6f747e', '#3a3e46', '#30333a', '#24272c', '#1b1d21', '#16181b', '#101114',
]

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '640', sizes: { h1: { fontSize: '1.75rem', lineHeight: '1.25' }, h2: { fontSize: '1.15rem', lineHeight: '1.4' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } } },
})
