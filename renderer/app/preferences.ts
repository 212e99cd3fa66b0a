/** How this computer's screen speaks and looks; no business data, so plain local storage holds it. */
import { useSyncExternalStore } from 'react';
import { LANGUAGES, type Language } from '../ui/language.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeChoice;
}

const KEY = 'shian.preferences';
const DEFAULTS: Preferences = { language: 'zh-CN', theme: 'system' };

const oneOf = <T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T =>
  allowed.find((one) => one === value) ?? otherwise;

/** What was kept, or the defaults for whatever of it does not fit. */
export function readPreferences(kept: string | null): Preferences {
  let value: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(kept ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) value = parsed;
  } catch {
    // not ours or damaged: a preference is not worth a word
  }
  return {
    language: oneOf(LANGUAGES, value.language, DEFAULTS.language),
    theme: oneOf(THEMES, value.theme, DEFAULTS.theme),
  };
}

let current: Preferences | undefined;
const listeners = new Set<() => void>();

const tell = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  const otherWindow = (event: StorageEvent) => {
    if (event.key !== KEY) return;
    current = undefined;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', otherWindow);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', otherWindow);
  };
}

const get = (): Preferences => {
  current ??= readPreferences(localStorage.getItem(KEY));
  return current;
};

export function prefer(change: Partial<Preferences>): void {
  current = { ...get(), ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  tell();
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, get);
