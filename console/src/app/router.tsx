import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { dayQuery, mailLookQuery } from '../api/day.ts';
import { caseQuery, oneCallQuery } from '../api/desk.ts';
import { type PageObject, recordQuery, timelineQuery } from '../api/find.ts';
import { handlingQuery } from '../api/journal.ts';
import { sessionQuery } from '../api/session.ts';
import type { SentSearch } from '../api/mail.ts';
import {
  crmStatusQuery,
  deliveriesQuery,
  type DeliveryFilter,
  isJobState,
  type JobFilter,
  jobsQuery,
  workQuery,
} from '../api/operations.ts';
import { recentCallsQuery } from '../api/recent-calls.ts';
import { candidatesQuery, folderQuery, type FolderSearch, foldersQuery } from '../api/malfunctions.ts';
import { NotHere, PageFailed, PagePending } from './fallbacks.tsx';
import { firstPage } from './navigation.ts';
import { Shell } from './shell.tsx';
import { signedOutSearch } from './signed-out.ts';

interface Surroundings {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Surroundings>()({ component: Outlet });

type SignInSearch = { problem?: string; workspace?: string; to?: string; out?: boolean };

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ problem, workspace, to, out }: Record<string, unknown>): SignInSearch => ({
    ...(typeof problem === 'string' ? { problem } : {}),
    ...(typeof workspace === 'string' ? { workspace } : {}),
    ...(typeof to === 'string' ? { to } : {}),
    ...(out === true ? { out } : {}),
  }),
  component: lazyRouteComponent(() => import('../pages/sign-in/page.tsx'), 'SignInPage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/sign-in', replace: true });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: ({ workspace }: Record<string, unknown>): { workspace?: string } =>
    typeof workspace === 'string' ? { workspace } : {},
  component: lazyRouteComponent(() => import('../pages/setup/page.tsx'), 'SetupPage'),
});

/** Everything inside a workspace: nobody gets here without a session, and who loses it is sent to the sign-in page with the reason. */
const workspace = createRoute({
  getParentRoute: () => root,
  path: '/$tenant',
  component: Shell,
  loader: async ({ context, params: { tenant }, location }) => {
    await context.queries.ensureQueryData(sessionQuery(tenant)).catch((error: unknown) => {
      const search = signedOutSearch(error, tenant, location.publicHref);
      if (search === undefined) throw error;
      throw redirect({ to: '/sign-in', search });
    });
  },
});

const index = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: async ({ context, params: { tenant } }) => {
    const session = await context.queries.ensureQueryData(sessionQuery(tenant)).catch(() => undefined);
    const first = session && firstPage(session.permissions);
    if (first !== undefined) throw redirect({ to: first, params: { tenant }, replace: true });
  },
  component: lazyRouteComponent(() => import('./nothing-here.tsx'), 'NothingHere'),
});

const sentFilters = ['search', 'state', 'authorId'] as const satisfies readonly (keyof SentSearch)[];

const filterNames = ['plugin', 'result', 'direction', 'search'] as const satisfies readonly (keyof DeliveryFilter)[];

const folderFilters = [
  'state',
  'companyId',
  'locationId',
  'kind',
  'period',
  'view',
] as const satisfies readonly (keyof FolderSearch)[];

type Search = Record<string, unknown>;

/** Words that were looked for, and where in a recording they are said, in seconds. */
type SaidSearch = { q?: string; at?: number };

const deliveryFilter = (search: Search): DeliveryFilter => textsIn(search, filterNames);

const jobFilter = ({ state, plugin }: Search): JobFilter => ({
  // Another state would be refused by the hub.
  ...(isJobState(state) ? { state } : {}),
  ...(typeof plugin === 'string' ? { plugin } : {}),
});

const folderSearch = (search: Search): FolderSearch => textsIn(search, folderFilters);

function textsIn(search: Search, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = search[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** What a page asks first goes out beside the question who is signed in and the load of its script: none of the three waits for another. */
const askForRecord =
  (object: PageObject) =>
  ({ context: { queries }, params: { tenant, id } }: Asking) => {
    void queries.prefetchQuery(recordQuery(tenant, object, id));
    void queries.prefetchInfiniteQuery(timelineQuery(tenant, object, id, []));
  };

interface Asking {
  readonly context: Surroundings;
  readonly params: { readonly tenant: string; readonly id: string };
}

const pages = [
  createRoute({
    getParentRoute: () => workspace,
    path: '/calls',
    loader: ({ context: { queries }, params: { tenant } }) => {
      void queries.prefetchInfiniteQuery(recentCallsQuery(tenant, 'mine'));
    },
    component: lazyRouteComponent(() => import('../pages/calls/page.tsx'), 'CallsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/calls/said',
    validateSearch: ({ q }: Search): SaidSearch => (typeof q === 'string' ? { q } : {}),
    component: lazyRouteComponent(() => import('../pages/said/search-page.tsx'), 'SaidPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/calls/$id',
    validateSearch: ({ q, at }: Search): SaidSearch => ({
      ...(typeof q === 'string' ? { q } : {}),
      ...(typeof at === 'number' ? { at } : {}),
    }),
    loader: ({ context: { queries }, params: { tenant, id } }) => {
      void queries.prefetchQuery(oneCallQuery(tenant, id));
    },
    component: lazyRouteComponent(() => import('../pages/said/call-page.tsx'), 'CallPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/cases/$id',
    loader: ({ context: { queries }, params: { tenant, id } }) => {
      void queries.prefetchQuery(caseQuery(tenant, id));
      void queries.prefetchQuery(handlingQuery(tenant, id));
    },
    component: lazyRouteComponent(() => import('../pages/cases/page.tsx'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/day',
    loader: ({ context: { queries }, params: { tenant } }) => {
      void queries.prefetchQuery(dayQuery(tenant));
      void queries.prefetchQuery(mailLookQuery(tenant));
    },
    component: lazyRouteComponent(() => import('../pages/day/page.tsx'), 'DayPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/people/$id',
    loader: askForRecord('person'),
    component: lazyRouteComponent(() => import('../pages/people/page.tsx'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/companies/$id',
    loader: askForRecord('company'),
    component: lazyRouteComponent(() => import('../pages/companies/page.tsx'), 'CompanyPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/locations/$id',
    loader: askForRecord('location'),
    component: lazyRouteComponent(() => import('../pages/locations/page.tsx'), 'LocationPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/malfunctions',
    validateSearch: folderSearch,
    loader: ({ context: { queries }, params: { tenant }, location: { search } }) => {
      const { view, ...filter } = folderSearch(search);
      if (view !== 'map') void queries.prefetchQuery(foldersQuery(tenant, filter));
    },
    component: lazyRouteComponent(() => import('../pages/malfunctions/page.tsx'), 'MalfunctionsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/malfunctions/$id',
    loader: ({ context: { queries }, params: { tenant, id } }) => {
      void queries.prefetchQuery(folderQuery(tenant, id));
      void queries.prefetchQuery(candidatesQuery(tenant, id));
    },
    component: lazyRouteComponent(() => import('../pages/malfunctions/folder-page.tsx'), 'MalfunctionPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/malfunctions/$id/mail',
    validateSearch: ({ request }: Record<string, unknown>): { request?: string } =>
      typeof request === 'string' ? { request } : {},
    component: lazyRouteComponent(() => import('../pages/mail/group-page.tsx'), 'GroupMailPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/mail/sent',
    validateSearch: (search: Record<string, unknown>): SentSearch =>
      Object.fromEntries(
        sentFilters.flatMap((name) => (typeof search[name] === 'string' ? [[name, search[name]]] : [])),
      ),
    component: lazyRouteComponent(() => import('../pages/mail/sent-page.tsx'), 'SentPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/mail/look',
    component: lazyRouteComponent(() => import('../pages/mail/look-page.tsx'), 'LookPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/mail/aside',
    component: lazyRouteComponent(() => import('../pages/mail/aside-page.tsx'), 'AsidePage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/mail/templates',
    component: lazyRouteComponent(() => import('../pages/mail/templates-page.tsx'), 'TemplatesPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/mail/mailboxes',
    component: lazyRouteComponent(() => import('../pages/mail/mailboxes-page.tsx'), 'MailboxesPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/status',
    loader: ({ context: { queries }, params: { tenant } }) => {
      void queries.prefetchQuery(crmStatusQuery(tenant));
      void queries.prefetchQuery(workQuery(tenant));
    },
    component: lazyRouteComponent(() => import('../pages/status/page.tsx'), 'StatusPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/ai',
    component: lazyRouteComponent(() => import('../pages/ai/page.tsx'), 'PreparationsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/plugins',
    component: lazyRouteComponent(() => import('../pages/plugins/page.tsx'), 'PluginsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/plugins/$plugin',
    component: lazyRouteComponent(() => import('../pages/plugins/plugin-page.tsx'), 'PluginPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/deliveries',
    validateSearch: deliveryFilter,
    loader: ({ context: { queries }, params: { tenant }, location: { search } }) => {
      void queries.prefetchInfiniteQuery(deliveriesQuery(tenant, deliveryFilter(search)));
    },
    component: lazyRouteComponent(() => import('../pages/deliveries/page.tsx'), 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/jobs',
    validateSearch: jobFilter,
    loader: ({ context: { queries }, params: { tenant }, location: { search } }) => {
      void queries.prefetchInfiniteQuery(jobsQuery(tenant, jobFilter(search)));
    },
    component: lazyRouteComponent(() => import('../pages/jobs/page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/stuck',
    component: lazyRouteComponent(() => import('../pages/stuck/page.tsx'), 'StuckPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/audit',
    component: lazyRouteComponent(() => import('../pages/audit/page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/roles',
    component: lazyRouteComponent(() => import('../pages/roles/page.tsx'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => workspace,
    path: '/security',
    component: lazyRouteComponent(() => import('../pages/security/page.tsx'), 'SecurityPage'),
  }),
] as const;

export function createPages(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, start, setup, workspace.addChildren([index, ...pages])]),
    basepath: '/console',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotHere,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
