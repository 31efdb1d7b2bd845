/** Sizes that buttons and fields share; how high each is stands in the style sheet. */
export const CONTROL_SIZES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const;
export const GUTTER_SIZES = ['2xs', 'xs', 'sm', 'md', 'lg', 'xl'] as const;
