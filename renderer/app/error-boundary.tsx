import { Button } from 'antd';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTexts } from '../ui/language.ts';
import { refusalOf } from './fault-case.ts';
import { FaultMessage } from './fault-message.tsx';
import { texts } from './texts.ts';

interface State {
  readonly error: unknown;
}

/** A page that breaks says so and leaves the rest of the workstation working. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <Broken error={this.state.error} onReopen={() => this.setState({ error: undefined })} />;
  }
}

export function Broken({ error, onReopen }: { readonly error: unknown; readonly onReopen: () => void }) {
  const t = useTexts(texts);
  const refusal = refusalOf(error);
  return (
    <EmptyState
      title={t('broken')}
      hint={refusal.kind === 'internal' ? t('brokenHint') : <FaultMessage refusal={refusal} withTitle />}
    >
      <Button type="primary" onClick={onReopen}>
        {t('reopen')}
      </Button>
    </EmptyState>
  );
}
