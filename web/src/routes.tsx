import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { Way } from './course/plan'
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
const run = createRoute({ getParentRoute: () => root, path: '/runs/$id', component: lazyRouteComponent(() => import('./page/RunPage'), 'RunPage') })
const dataset = createRoute({ getParentRoute: () => root, path: '/datasets/$name', component: lazyRouteComponent(() => import('./page/DatasetPage'), 'DatasetPage') })
const models = createRoute({ getParentRoute: () => root, path: '/models', component: lazyRouteComponent(() => import('./page/ModelsPage'), 'ModelsPage') })
const model = createRoute({ getParentRoute: () => root, path: '/models/$name', component: lazyRouteComponent(() => import('./page/ModelPage'), 'ModelPage') })
const networks = createRoute({ getParentRoute: () => root, path: '/networks', component: lazyRouteComponent(() => import('./page/NetworksPage'), 'NetworksPage') })
const network = createRoute({ getParentRoute: () => root, path: '/networks/$name', component: lazyRouteComponent(() => import('./page/NetworkPage'), 'NetworkPage') })
const course = createRoute({
  getParentRoute: () => root,
  path: '/course',
  validateSearch: (search: Record<string, unknown>): Partial<Way> => ({
    ...(search['digits'] === 'drawn' ? { digits: 'drawn' } : {}),
    ...(search['pace'] === 'quick' ? { pace: 'quick' } : {}),
  }),
  component: lazyRouteComponent(() => import('./page/CoursePage'), 'CoursePage'),
})
const collection = createRoute({ getParentRoute: () => root, path: '/collection', component: lazyRouteComponent(() => import('./page/CollectionPage'), 'CollectionPage') })

export const router = createRouter({
  routeTree: root.addChildren([home, newRun, run, dataset, models, model, networks, network, course, collection]),
  defaultPreload: 'intent',
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
