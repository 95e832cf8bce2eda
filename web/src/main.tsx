import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import './style.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { router } from './routes'
import { theme } from './theme'

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 1000, refetchOnWindowFocus: true } },
})
const nonce = document.querySelector<HTMLMetaElement>('meta[name=nonce]')?.content ?? ''
// where Mantine's dialogs look for it, that keep the page behind them from scrolling
Object.assign(globalThis, { __webpack_nonce__: nonce })

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
