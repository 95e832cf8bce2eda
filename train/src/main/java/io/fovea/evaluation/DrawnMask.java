package io.fovea.evaluation;

/**
 * A picture whose masks are kept to be drawn.
 *
 * @param picture   how it was judged
 * @param truth     [H, W] a class for every pixel, 255 where nothing is known
 * @param predicted [H, W]
 */
record DrawnMask(JudgedMask picture, byte[] truth, byte[] predicted) {}
