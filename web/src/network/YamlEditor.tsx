import { autocompletion, type CompletionContext } from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useComputedColorScheme } from '@mantine/core'
import { basicSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import type { LayerKind, NetworkFault } from '../api/types'
import { offered } from './completion'

type Props = { text: string; kinds: LayerKind[]; onChange: (text: string) => void; check: (text: string) => Promise<NetworkFault | null> }

/** An editor for network files: offers what may stand at the cursor, and marks the line that the server finds wrong. Only pages that edit load it. */
export function YamlEditor({ text, kinds, onChange, check }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const scheme = useComputedColorScheme('light')
  const latest = useRef({ onChange, check })
  latest.current = { onChange, check }
  useEffect(() => {
    const nonce = document.querySelector<HTMLMetaElement>('meta[name=nonce]')?.content ?? ''
    const state = EditorState.create({
      doc: view.current?.state.doc ?? text,
      extensions: [
        basicSetup, yaml(), EditorView.lineWrapping, lintGutter(), EditorView.cspNonce.of(nonce), look(scheme === 'dark'), syntaxHighlighting(colours),
        EditorView.contentAttributes.of({ 'aria-label': 'Network file' }), EditorView.domEventHandlers({ beforeinput: replaced }),
        autocompletion({ override: [(context: CompletionContext) => completions(context, kinds)] }),
        linter(async (edited) => {
          const wrong = await latest.current.check(edited.state.doc.toString()).catch(() => null)
          if (!wrong) return []
          const line = edited.state.doc.line(Math.min(Math.max(1, wrong.line), edited.state.doc.lines))
          return [{ from: line.from, to: Math.max(line.to, line.from), severity: 'error', message: `${wrong.what} ${wrong.do}` }]
        }, { delay: 250 }),
        EditorView.updateListener.of((update) => { if (update.docChanged) latest.current.onChange(update.state.doc.toString()) }),
      ],
    })
    const made = new EditorView({ state, parent: place.current! })
    view.current = made
    return () => made.destroy()
    // the text is where it begins; what is written later is the editor's own
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scheme, kinds])
  return <div ref={place} className="editor" data-testid="editor" />
}

/**
 * Replaces what is selected by what is typed, as the editor does it. Left to itself a browser would put spans with styles of their own into the text first,
 * which the pages' security policy forbids.
 */
function replaced(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection
  const text = event.data
  if (event.inputType !== 'insertText' || text === null || main.empty || view.composing) return false
  event.preventDefault()
  const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true })
  const isDone = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, text, insert))
  if (!isDone) view.dispatch(insert())
  return true
}

function completions(context: CompletionContext, kinds: LayerKind[]) {
  const offer = offered(context.state.sliceDoc(0, context.pos), kinds)
  if (!offer || (!context.explicit && offer.from === context.pos)) return null
  return { from: offer.from, options: offer.words.map((each) => ({ label: each.word, detail: each.detail, info: each.info, apply: each.apply, type: 'keyword' })) }
}

/** In the page's own colours, which can be read in light and dark. */
const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--train)' },
  { tag: [tags.comment], color: 'var(--quiet)' },
  { tag: [tags.string, tags.content, tags.number, tags.bool], color: 'var(--mantine-color-text)' },
  { tag: [tags.separator, tags.punctuation, tags.brace, tags.squareBracket, tags.definition(tags.propertyName)], color: 'var(--train)' },
])

const look = (dark: boolean) => EditorView.theme({
  '&': { fontSize: '0.84rem', backgroundColor: 'var(--surface)', color: 'var(--mantine-color-text)' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', minHeight: '320px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--train) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused': { outline: '2px solid var(--train)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--mantine-color-text)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--train)', color: dark ? '#131417' : '#ffffff' },
}, { dark })
