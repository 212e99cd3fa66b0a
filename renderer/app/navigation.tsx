import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Badge } from 'antd';
import { Fragment, useState } from 'react';
import { NavLink } from 'react-router';
import { useTexts } from '../ui/language.ts';
import { PAGES } from './pages.tsx';
import { texts } from './texts.ts';

export function Navigation({ issues }: { readonly issues: number }) {
  const t = useTexts(texts);
  const [narrow, setNarrow] = useState(false);
  return (
    <nav className={narrow ? 'nav nav-narrow' : 'nav'} aria-label={t('navigation')}>
      <ul>
        {PAGES.map((page, index) => (
          <Fragment key={page.key}>
            {page.group !== null && page.group !== PAGES[index - 1]?.group && (
              <li className="nav-group" aria-hidden={narrow}>
                {narrow ? '' : t(page.group)}
              </li>
            )}
            <li>
              <NavLink to={page.path} className="nav-link" title={narrow ? t(page.key) : undefined} aria-label={t(page.key)}>
                {page.icon}
                {!narrow && <span>{t(page.key)}</span>}
                {page.key === 'sync' && issues > 0 && (
                  <Badge count={issues} size="small" title={t('issues', { count: issues })} />
                )}
              </NavLink>
            </li>
          </Fragment>
        ))}
      </ul>
      <button
        type="button"
        className="nav-fold"
        aria-label={t(narrow ? 'expand' : 'collapse')}
        onClick={() => setNarrow(!narrow)}
      >
        {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      </button>
    </nav>
  );
}
