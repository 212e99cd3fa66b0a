import { type ThemeConfig, theme } from 'antd';

/** Every colour of the product, once per theme; both Ant Design and our own style sheets take them from here. */
interface Palette {
  readonly ground: string;
  readonly surface: string;
  /** Dialogs, menus and whatever else floats. */
  readonly raised: string;
  readonly text: string;
  readonly 'text-2': string;
  readonly line: string;
  readonly hover: string;
  readonly selected: string;
  /** Action and selection, as a surface that carries white text. */
  readonly primary: string;
  /** The same blue as text and outline. */
  readonly accent: string;
  readonly rest: string;
  readonly done: string;
  readonly soon: string;
  /** Behind a warning. */
  readonly 'soon-ground': string;
  readonly bad: string;
  readonly 'on-bad': string;
}

export const PALETTES = {
  light: {
    ground: '#F3F5F8',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    text: '#1B2430',
    'text-2': '#566273',
    line: '#DDE2E9',
    hover: '#F3F6FB',
    selected: '#E4EDFB',
    primary: '#1659C7',
    accent: '#1659C7',
    rest: '#75808F',
    done: '#17723A',
    soon: '#8F5600',
    'soon-ground': '#FDF3E0',
    bad: '#C22626',
    'on-bad': '#FFFFFF',
  },
  dark: {
    ground: '#0B1220',
    surface: '#101A2C',
    raised: '#16223A',
    text: '#E4EAF3',
    'text-2': '#A3B0C4',
    line: '#26344B',
    hover: '#16233A',
    selected: '#1A2E52',
    primary: '#1659C7',
    accent: '#82AEF8',
    rest: '#8A97AA',
    done: '#5FC27E',
    soon: '#E3AA4B',
    'soon-ground': '#2B2414',
    bad: '#FF8A80',
    'on-bad': '#3A0A06',
  },
} as const satisfies Record<'light' | 'dark', Palette>;

export type Shade = keyof typeof PALETTES;

const FONT = "'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', system-ui, sans-serif";

export function antTheme(shade: Shade): ThemeConfig {
  const palette = PALETTES[shade];
  return {
    algorithm: shade === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: 'shian' },
    token: {
      colorPrimary: palette.primary,
      colorLink: palette.accent,
      // The library's own shade under the mouse is too pale to be read.
      colorLinkHover: palette.accent,
      colorLinkActive: palette.accent,
      colorInfo: palette.accent,
      colorError: palette.bad,
      colorWarning: palette.soon,
      colorWarningBg: palette['soon-ground'],
      colorSuccess: palette.done,
      colorBgBase: palette.surface,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorTextBase: palette.text,
      colorTextSecondary: palette['text-2'],
      colorTextTertiary: palette['text-2'],
      colorTextDescription: palette['text-2'],
      colorTextPlaceholder: palette['text-2'],
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 4,
      controlHeightSM: 26,
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Tabs: {
        itemSelectedColor: palette.accent,
        itemHoverColor: palette.accent,
        itemActiveColor: palette.accent,
        inkBarColor: palette.accent,
      },
    },
  };
}

export function paint(shade: Shade): void {
  const { style } = document.documentElement;
  for (const [name, colour] of Object.entries(PALETTES[shade])) style.setProperty(`--${name}`, colour);
  style.setProperty('--font', FONT);
  style.colorScheme = shade;
}
