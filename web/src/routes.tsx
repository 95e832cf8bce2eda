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
  validateSearch: (search: Record<string, unknown>): { data?: string; network?: string; like?: string; from?: string; rate?: string } => ({
    ...(typeof search['data'] === 'string' ? { data: search['data'] } : {}),
    ...(typeof search['network'] === 'string' ? { network: search['network'] } : {}),
    ...(typeof search['like'] === 'string' ? { like: search['like'] } : {}),
    ...(typeof search['from'] === 'string' ? { from: search['from'] } : {}),
    ...(Number(search['rate']) > 0 ? { rate: String(search['rate']) } : {}),
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
const evaluation = createRoute({ getParentRoute: () => root, path: '/runs/$id/evaluation', component: lazyRouteComponent(() => import('./page/EvaluationPage'), 'EvaluationPage') })
const evaluations = createRoute({
  getParentRoute: () => root,
  path: '/evaluations',
  validateSearch: (search: Record<string, unknown>): { model?: string } => (typeof search['model'] === 'string' ? { model: search['model'] } : {}),
  component: lazyRouteComponent(() => import('./page/EvaluationsPage'), 'EvaluationsPage'),
})
const classify = createRoute({
  getParentRoute: () => root,
  path: '/classify',
  validateSearch: (search: Record<string, unknown>): { model?: string } => (typeof search['model'] === 'string' ? { model: search['model'] } : {}),
  component: lazyRouteComponent(() => import('./page/ClassifyPage'), 'ClassifyPage'),
})
const manyAnswers = createRoute({ getParentRoute: () => root, path: '/runs/$id/answers', component: lazyRouteComponent(() => import('./page/ManyAnswersPage'), 'ManyAnswersPage') })
const dataset = createRoute({ getParentRoute: () => root, path: '/datasets/$name', component: lazyRouteComponent(() => import('./page/DatasetPage'), 'DatasetPage') })
const models = createRoute({ getParentRoute: () => root, path: '/models', component: lazyRouteComponent(() => import('./page/ModelsPage'), 'ModelsPage') })
const model = createRoute({ getParentRoute: () => root, path: '/models/$name', component: lazyRouteComponent(() => import('./page/ModelPage'), 'ModelPage') })
const layers = createRoute({ getParentRoute: () => root, path: '/models/$name/layers/$picture', component: lazyRouteComponent(() => import('./page/LayersPage'), 'LayersPage') })
const networks = createRoute({ getParentRoute: () => root, path: '/networks', component: lazyRouteComponent(() => import('./page/NetworksPage'), 'NetworksPage') })
const network = createRoute({ getParentRoute: () => root, path: '/networks/$name', component: lazyRouteComponent(() => import('./page/NetworkPage'), 'NetworkPage') })
const editor = createRoute({
  getParentRoute: () => root,
  path: '/network-editor',
  validateSearch: (search: Record<string, unknown>): { name?: string; like?: string } => ({
    ...(typeof search['name'] === 'string' ? { name: search['name'] } : {}),
    ...(typeof search['like'] === 'string' ? { like: search['like'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./page/NetworkEditorPage'), 'NetworkEditorPage'),
})
const beside = createRoute({ getParentRoute: () => root, path: '/networks/$name/beside/$other', component: lazyRouteComponent(() => import('./page/NetworksBesidePage'), 'NetworksBesidePage') })
const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: (search: Record<string, unknown>): { runs: string } => ({ runs: typeof search['runs'] === 'string' ? search['runs'] : '' }),
  component: lazyRouteComponent(() => import('./page/ComparePage'), 'ComparePage'),
})

const course = createRoute({
  getParentRoute: () => root,
  path: '/course',
  validateSearch: (search: Record<string, unknown>): Partial<Way> => ({
    ...(search['digits'] === 'drawn' ? { digits: 'drawn' } : {}),
    ...(search['pace'] === 'quick' ? { pace: 'quick' } : {}),
  }),
  component: lazyRouteComponent(() => import('./page/CoursePage'), 'CoursePage'),
})
const servers = createRoute({ getParentRoute: () => root, path: '/servers', component: lazyRouteComponent(() => import('./page/ServersPage'), 'ServersPage') })
const collection = createRoute({ getParentRoute: () => root, path: '/collection', component: lazyRouteComponent(() => import('./page/CollectionPage'), 'CollectionPage') })

export const router = createRouter({
  routeTree: root.addChildren([home, course, collection, newRun, newDataset, run, evaluation, evaluations, classify, manyAnswers, dataset, models, model, layers, networks, network, editor, beside, compare, servers]),
  defaultPreload: 'intent',
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
