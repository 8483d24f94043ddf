/** From which width of its own on a page has columns beside each other: the window tells little while a call takes a part of it. */
export const roomFor = { xs: '460px', sm: '600px', md: '720px', lg: '1000px', xl: '1400px' };
