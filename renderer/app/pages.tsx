import {
  AlertOutlined,
  AppstoreOutlined,
  AuditOutlined,
  CalendarOutlined,
  CloudSyncOutlined,
  ScheduleOutlined,
  SettingOutlined,
  ShopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

/** The places of the product, grouped as the work is. */
export const PAGES = [
  { key: 'today', path: '/today', group: null, icon: <CalendarOutlined /> },
  { key: 'grid', path: '/grid', group: 'groupSupervision', icon: <AppstoreOutlined /> },
  { key: 'tasks', path: '/tasks', group: 'groupSupervision', icon: <ScheduleOutlined /> },
  { key: 'inspections', path: '/inspections', group: 'groupSupervision', icon: <AuditOutlined /> },
  { key: 'problems', path: '/problems', group: 'groupSupervision', icon: <AlertOutlined /> },
  { key: 'subjects', path: '/subjects', group: 'groupObjects', icon: <ShopOutlined /> },
  { key: 'sync', path: '/sync', group: 'groupSystem', icon: <CloudSyncOutlined /> },
  { key: 'settings', path: '/settings', group: 'groupSystem', icon: <SettingOutlined /> },
] as const satisfies readonly {
  readonly key: string;
  readonly path: string;
  readonly group: string | null;
  readonly icon: ReactNode;
}[];
