/**
 * Text files that name pictures and their truth, a line for each: lists with classes, tables with numbers.
 *
 * <p>Main types: {@code ListImporter} (classes), {@code TableImporter} (numbers); {@code ListColumns} finds out what the columns mean,
 * {@code PictureFinder} and {@code PathCorrection} which files the paths mean.
 *
 * <p>Flow: text → columns → paths → files that are there → {@link io.fovea.source.SourceListing}.
 */
package io.fovea.list;
