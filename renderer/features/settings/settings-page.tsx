import { Segmented } from 'antd';
import { ROLES, type Role } from '#shared/domain/permission.ts';
import { PauseSwitch } from '../../app/files/pause-switch.tsx';
import { prefer, THEMES, usePreferences } from '../../app/preferences.ts';
import { useMe } from '../../app/record/me.ts';
import { FactsGrid } from '../../ui/facts-grid.tsx';
import { LANGUAGES, useTexts, useWord } from '../../ui/language.ts';
import { stamp } from '../../ui/moments.ts';
import { Section } from '../../ui/section.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { DiagnosticsBundle } from './diagnostics-bundle.tsx';
import { texts } from './texts.ts';

export function SettingsPage() {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const { language, theme } = usePreferences();
  const roleNames = me.roles.map((role) => word(ROLES[role as Role] ?? [role, role]));
  return (
    <div className="page page-narrow">
      <header className="page-head">
        <h1>{t('title')}</h1>
      </header>
      <Section title={t('screen')}>
        <FactsGrid
          facts={[
            {
              key: 'language',
              label: t('language'),
              value: (
                <Segmented
                  aria-label={t('language')}
                  value={language}
                  options={LANGUAGES.map((value) => ({ value, label: t(value === 'en' ? 'en' : 'zh') }))}
                  onChange={(chosen) => prefer({ language: chosen })}
                />
              ),
            },
            {
              key: 'theme',
              label: t('theme'),
              value: (
                <Segmented
                  aria-label={t('theme')}
                  value={theme}
                  options={THEMES.map((value) => ({ value, label: t(value) }))}
                  onChange={(chosen) => prefer({ theme: chosen })}
                />
              ),
            },
          ]}
        />
      </Section>
      <Section title={t('transfer')}>
        <PauseSwitch />
      </Section>
      <Section title={t('me')}>
        <FactsGrid
          facts={[
            { key: 'name', label: t('name'), value: me.name },
            { key: 'account', label: t('account'), value: me.account },
            { key: 'roles', label: t('roles'), value: roleNames.join('、') },
            { key: 'lease', label: t('lease'), value: stamp(me.leaseUntil) },
          ]}
        />
      </Section>
      <DiagnosticsBundle />
      <Diagnostics />
    </div>
  );
}
