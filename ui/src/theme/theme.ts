/** A theme's options as CSS custom properties. */
import type { ColorScheme, FontObject, ThemeOption } from '@openai/chatkit';

export interface Look {
  scheme: ColorScheme;
  variables: Record<string, string>;
}

const RADII = { pill: '24px', round: '16px', soft: '10px', sharp: '2px' } as const;
const DENSITIES = { compact: '0.8', normal: '1', spacious: '1.2' } as const;

export function lookOf(theme: ColorScheme | ThemeOption | undefined): Look {
  const option: ThemeOption = typeof theme === 'string' ? { colorScheme: theme } : (theme ?? {});
  const scheme = option.colorScheme === 'dark' ? 'dark' : 'light';
  return {
    scheme,
    variables: {
      ...shape(option),
      ...typography(option),
      ...grayscale(option, scheme),
      ...accent(option, scheme),
      ...surface(option),
    },
  };
}

function shape({ radius = 'pill', density = 'normal' }: ThemeOption): Record<string, string> {
  return {
    '--t-radius': RADII[radius] ?? RADII.pill,
    '--t-density': DENSITIES[density] ?? DENSITIES.normal,
  };
}

function typography({ typography = {} }: ThemeOption): Record<string, string> {
  const { baseSize, fontFamily, fontFamilyMono } = typography;
  return {
    ...(baseSize ? { '--t-size': `${baseSize}px` } : {}),
    ...(fontFamily ? { '--t-font': fontFamily } : {}),
    ...(fontFamilyMono ? { '--t-mono': fontFamilyMono } : {}),
  };
}

/** Lightness of the grays, from the ground to the ink. */
const LIGHT = { ground: 100, raised: 100, soft: 96.4, hover: 94, line: 89.5, faint: 42, ink: 12 };
const DARK = { ground: 11, raised: 15.5, soft: 18, hover: 21, line: 26, faint: 68, ink: 93 };

function grayscale({ color }: ThemeOption, scheme: ColorScheme): Record<string, string> {
  const { hue = 50, tint = 0.3, shade = 0 } = color?.grayscale ?? {};
  const levels = scheme === 'dark' ? DARK : LIGHT;
  const variables: Record<string, string> = {};
  for (const [name, lightness] of Object.entries(levels)) {
    const moved = ['ink', 'faint'].includes(name) ? lightness : lightness + shaded(shade, scheme);
    // White and black have no hue; the grays between them have most of it.
    const most = Math.min(moved, 100 - moved) / 50;
    const saturation = Math.min(tint * (3 + 6 * (1 - most)), 60);
    variables[`--t-${name}`] = `hsl(${hue} ${saturation.toFixed(1)}% ${clamp(moved)}%)`;
  }
  return variables;
}

function shaded(shade: number, scheme: ColorScheme): number {
  return shade * (scheme === 'dark' ? -1.5 : -1);
}

function clamp(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}

function accent({ color }: ThemeOption, scheme: ColorScheme): Record<string, string> {
  if (!color?.accent) return {};
  const { primary, level } = color.accent;
  return {
    '--t-accent': primary,
    '--t-on-accent': readableOn(primary, scheme),
    // The level says how far the accent reaches beyond buttons and links.
    ...(level >= 1 ? { '--t-bubble': `color-mix(in srgb, ${primary} ${8 + level * 6}%, var(--ground))` } : {}),
    ...(level >= 3 ? { '--t-line': `color-mix(in srgb, ${primary} 22%, var(--ground))` } : {}),
  };
}

/** Black or white, whichever can be read on that colour. */
export function readableOn(colour: string, scheme: ColorScheme): string {
  const rgb = channels(colour);
  if (!rgb) return scheme === 'dark' ? '#000' : '#fff';
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.36 ? '#000' : '#fff';
}

function channels(colour: string): number[] | null {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim())?.[1];
  if (hex) {
    const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
  }
  const rgb = /^rgba?\(([^)]+)\)$/i.exec(colour.trim())?.[1];
  return rgb ? rgb.split(/[\s,/]+/).slice(0, 3).map(Number) : null;
}

function surface({ color }: ThemeOption): Record<string, string> {
  if (!color?.surface) return {};
  return { '--t-ground': color.surface.background, '--t-ink': color.surface.foreground };
}

const added = new Set<string>();

/** Fonts that the theme brings; the page's own policy says whether they may load. */
export function addFonts(sources: readonly FontObject[] = []): void {
  for (const { family, src, weight, style, display, unicodeRange } of sources) {
    const key = [family, src, weight, style].join(' ');
    if (added.has(key)) continue;
    added.add(key);
    const face = new FontFace(family, `url(${JSON.stringify(src)})`, {
      ...(weight ? { weight: String(weight) } : {}),
      ...(style ? { style } : {}),
      ...(display ? { display } : {}),
      ...(unicodeRange ? { unicodeRange } : {}),
    });
    document.fonts.add(face);
  }
}
