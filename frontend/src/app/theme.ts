import { createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eff5f6',
  '#dde9eb',
  '#bcd4d8',
  '#97bdc4',
  '#73a6b0',
  '#5894a0',
  '#42818e',
  '#2f6b77',
  '#245661',
  '#19424c',
];
const rust: MantineColorsTuple = [
  '#fdf1ec',
  '#f8e0d6',
  '#efbfac',
  '#e69d80',
  '#de7f5b',
  '#d36b44',
  '#c25a33',
  '#a84a27',
  '#873a1e',
  '#672b15',
];
const stone: MantineColorsTuple = [
  '#f8f7f4',
  '#efeeea',
  '#e1dfd9',
  '#cac7bf',
  '#a9a69d',
  '#87857d',
  '#6a6862',
  '#504f4a',
  '#383733',
  '#252522',
];
const night: MantineColorsTuple = [
  '#e4e6e6',
  '#c6cacb',
  '#a3a9ab',
  '#7e8688',
  '#565e61',
  '#3d4447',
  '#2d3336',
  '#22272a',
  '#191d1f',
  '#121516',
];

const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", "IPAGothic", sans-serif';
const SERIF =
  '"Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "DejaVu Serif", "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", "IPAMincho", serif';

const dense = { defaultProps: { size: 'sm' } };

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 7 },
  colors: { ink, rust, gray: stone, dark: night },
  autoContrast: true,
  fontFamily: SANS,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontFamily: SERIF,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem' },
      h3: { fontSize: '1rem' },
    },
  },
  defaultRadius: 'sm',
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  // By name: importing each would bring all of them into the first load.
  components: {
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', size: 'md' } },
    Button: dense,
    Drawer: { defaultProps: { position: 'right', size: 'md' } },
    Modal: { defaultProps: { centered: true } },
    MultiSelect: dense,
    NativeSelect: dense,
    NumberInput: dense,
    PasswordInput: dense,
    Select: dense,
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm', highlightOnHover: true } },
    Textarea: dense,
    TextInput: dense,
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});
