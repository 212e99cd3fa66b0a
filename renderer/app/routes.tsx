import { createHashRouter, redirect } from 'react-router';
import { DistrictWork } from './district-work.tsx';
import { NoPage } from './no-page.tsx';
import { RouteBroken } from './route-broken.tsx';
import { Shell } from './shell.tsx';

/** Every address of the product; pages are fetched when first opened. */
export const router = createHashRouter([
  {
    path: '/',
    Component: Shell,
    children: [
      {
        ErrorBoundary: RouteBroken,
        children: [
          { index: true, loader: () => redirect('/today') },
          {
            Component: DistrictWork,
            children: [
              { path: 'today', lazy: async () => ({ Component: (await import('../features/today/today-page.tsx')).TodayPage }) },
              { path: 'grid/:id?', lazy: async () => ({ Component: (await import('../features/grid/grid-page.tsx')).GridPage }) },
              {
                path: 'tasks/:id?',
                lazy: async () => ({ Component: (await import('../features/tasks/tasks-page.tsx')).TasksPage }),
              },
              {
                path: 'inspections',
                lazy: async () => ({ Component: (await import('../features/inspections/inspections-page.tsx')).InspectionsPage }),
              },
              {
                path: 'inspections/:id',
                lazy: async () => ({ Component: (await import('../features/inspections/inspection-page.tsx')).InspectionPage }),
              },
              {
                path: 'subjects/:id?',
                lazy: async () => ({ Component: (await import('../features/subjects/subjects-page.tsx')).SubjectsPage }),
              },
              {
                path: 'subjects/:id/file',
                lazy: async () => ({ Component: (await import('../features/subjects/dossier-page.tsx')).DossierPage }),
              },
              {
                path: 'problems/:id?',
                lazy: async () => ({ Component: (await import('../features/problems/problems-page.tsx')).ProblemsPage }),
              },
              {
                path: 'problems/:id/file',
                lazy: async () => ({ Component: (await import('../features/problems/problem-page.tsx')).ProblemPage }),
              },
            ],
          },
          {
            path: 'sync',
            lazy: async () => ({ Component: (await import('../features/sync-center/sync-center-page.tsx')).SyncCenterPage }),
          },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('../features/settings/settings-page.tsx')).SettingsPage }),
          },
          { path: '*', Component: NoPage },
        ],
      },
    ],
  },
]);
