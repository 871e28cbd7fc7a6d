/** How long the session of a frame lives at most, used or not, in milliseconds. */
export const longestEmbedSession = 12 * 60 * 60 * 1000;
