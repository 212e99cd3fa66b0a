import { AutoComplete, type AutoCompleteProps, Input, type InputRef } from 'antd';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { subjects } from '#shared/tables/subjects.ts';
import { useRegister } from '../store/live.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { PAGES } from './pages.tsx';
import { texts } from './texts.ts';

const MOST = 10;

/** One box for everything: subjects by name, pinyin, initials, licence or credit code, and the pages. */
export function SearchBox() {
  const t = useTexts(texts);
  const word = useWord();
  const navigate = useNavigate();
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const { answer, loading } = useRegister({ table: 'subjects', search, filter: {}, sort: null, offset: 0, limit: MOST });

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      box.current?.focus({ cursor: 'all' });
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);

  const wanted = typed.trim();
  const pages = PAGES.filter((page) => t(page.key).toLowerCase().includes(wanted.toLowerCase())).map((page) => ({
    value: page.path,
    label: t(page.key),
  }));
  // What answered an earlier question must not be what Enter opens.
  const found = (search === '' || search !== wanted || loading ? [] : (answer?.rows ?? [])).map((row) => ({
    value: `/subjects/${row.id}/file`,
    label: (
      <span className="search-row">
        <span>{String(row['name'])}</span>
        <span className="secondary">{String(row['address'])}</span>
      </span>
    ),
  }));
  const groups: AutoCompleteProps['options'] = [
    ...(found.length > 0 ? [{ label: word(subjects.label), options: found }] : []),
    ...(pages.length > 0 ? [{ label: t('searchPages'), options: pages }] : []),
  ];

  return (
    <AutoComplete
      className="search-box"
      value={typed}
      options={groups}
      defaultActiveFirstOption
      notFoundContent={loading ? null : <span className="secondary">{t('searchNone')}</span>}
      popupMatchSelectWidth={520}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onSelect={(path: string) => {
        setTyped('');
        box.current?.blur();
        void navigate(path);
      }}
    >
      <Input.Search ref={box} allowClear placeholder={t('searchHint')} aria-label={t('searchHint')} />
    </AutoComplete>
  );
}
