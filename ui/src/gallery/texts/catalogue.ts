/** Texts of the gallery in the person's language: drop a file beside `de.ts`, named for it. */
import { en, type GalleryTexts } from './en';

export type { GalleryTexts };

type Catalogue = { default: Partial<GalleryTexts> };
const FILES = import.meta.glob<Catalogue>(['./*.ts', '!./en.ts', '!./catalogue.ts']);

export async function galleryTextsOf(locale: string): Promise<GalleryTexts> {
  const load = FILES[`./${locale.split('-')[0]!.toLowerCase()}.ts`];
  return load ? { ...en, ...(await load()).default } : en;
}
