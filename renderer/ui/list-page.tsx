import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { amount } from './amounts.ts';
import { useTexts } from './language.ts';
import { isTyping } from './list-keys.ts';
import { texts } from './texts.ts';

interface Props {
  readonly title: string;
  /** Undefined while it is not known. */
  readonly count: number | undefined;
  readonly search?: { readonly value: string; readonly hint: string; readonly onChange: (value: string) => void };
  readonly actions?: ReactNode;
  readonly filters?: ReactNode;
  /** Something that must be known about the list, such as that it is cut. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
  readonly panel?: ReactNode;
}

/** The one pattern of every list: title and count, search, filters, rows, and the chosen record beside them. */
export function ListPage({ title, count, search, actions, filters, notice, children, panel }: Props) {
  const t = useTexts(texts);
  const box = useRef<InputRef>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target) || !box.current) return;
      event.preventDefault();
      box.current.focus({ cursor: 'all' });
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  return (
    <div className="list-page">
      <header className="page-head">
        <h1>{title}</h1>
        <span className="secondary" role="status">
          {count === undefined ? '…' : t('rows', { count: amount(count) })}
        </span>
        {search && (
          <Input.Search
            ref={box}
            className="list-search"
            allowClear
            value={search.value}
            placeholder={search.hint}
            aria-label={search.hint}
            onChange={(event) => search.onChange(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' && event.key !== 'Enter') return;
              // By itself the browser would empty a search field on Escape.
              event.preventDefault();
              event.currentTarget.blur();
            }}
          />
        )}
        <span className="grow" />
        {actions}
      </header>
      {filters}
      {notice}
      <div className="list-body">
        <div className="list-main">{children}</div>
        {panel}
      </div>
    </div>
  );
}
