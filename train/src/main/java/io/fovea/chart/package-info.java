/**
 * Charts as files: what is drawn once becomes an SVG with real text and a PNG of the same look.
 *
 * <p>Main types: {@link io.fovea.chart.Drawing} (marks on a white ground), {@link io.fovea.chart.ChartFile} (as files), {@link io.fovea.chart.Plot} (a
 * square with scales), {@link io.fovea.chart.Letters} (the font).
 *
 * <p>Flow: a chart puts marks on a drawing; {@code Svg} writes them as text, {@code Raster} fills their outlines. Letters are filled outlines too, read from
 * a font that travels along, so that a machine without fonts, fontconfig or a screen draws the same.
 */
package io.fovea.chart;
