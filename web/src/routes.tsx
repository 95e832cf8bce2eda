import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { HomePage } from './page/HomePage'
import { Nowhere } from './page/Nowhere'
import { Shell } from './page/Shell'

const root = createRootRoute({ component: Shell, notFoundComponent: Nowhere })

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })
const newRun = createRoute({
  getParentRoute: () => root,
  path: '/new-run',
  validateSearch: (search: Record<string, unknown>): { data?: string; network?: string; like?: string } => ({
    ...(typeof search['data'] === 'string' ? { data: search['data'] } : {}),
    ...(typeof search['network'] === 'string' ? { network: search['network'] } : {}),
    ...(typeof search['like'] === 'string' ? { like: search['like'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./page/NewRunPage'), 'NewRunPage'),
})
const newDataset = createRoute({
  getParentRoute: () => root,
  path: '/new-dataset',
  validateSearch: (search: Record<string, unknown>): { like?: string; source?: string } => ({
    ...(typeof search['like'] === 'string' ? { like: search['like'] } : {}),
    ...(typeof search['source'] === 'string' ? { source: search['source'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./page/NewDatasetPage'), 'NewDatasetPage'),
})
const run = createRoute({ getParentRoute: () => root, path: '/runs/$id', component: lazyRouteComponent(() => import('./page/RunPage'), 'RunPage') })
const dataset = createRoute({ getParentRoute: () => root, path: '/datasets/$name', component: lazyRouteComponent(() => import('./page/DatasetPage'), 'DatasetPage') })
const models = createRoute({ getParentRoute: () => root, path: '/models', component: lazyRouteComponent(() => import('./page/ModelsPage'), 'ModelsPage') })
const model = createRoute({ getParentRoute: () => root, path: '/models/$name', component: lazyRouteComponent(() => import('./page/ModelPage'), 'ModelPage') })
const networks = createRoute({ getParentRoute: () => root, path: '/networks', component: lazyRouteComponent(() => import('./page/NetworksPage'), 'NetworksPage') })
const network = createRoute({ getParentRoute: () => root, path: '/networks/$name', component: lazyRouteComponent(() => import('./page/NetworkPage'), 'NetworkPage') })

export const router = createRouter({
  routeTree: root.addChildren([home, newRun, newDataset, run, dataset, models, model, networks, network]),
  defaultPreload: 'intent',
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
