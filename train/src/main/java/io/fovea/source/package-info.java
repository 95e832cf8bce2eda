/**
 * Files as people have them, and the pictures that they list: with their truth, the part they belong to, and how to read them.
 *
 * <p>Main types: {@link io.fovea.source.Source} (what a user names), {@link io.fovea.source.SourceListing} (what is in it),
 * {@link io.fovea.source.ListedPicture}, {@link io.fovea.source.PassedOver} (what is not used, and why). One importer for each layout:
 * {@code FolderImporter}, {@code ArchiveImporter}, {@code IdxImporter}, {@code CifarImporter}; lists and tables have a room of their own, {@code list}.
 *
 * <p>Flow: a path → names are looked at ({@code PartName}, {@code FolderLayout}, {@code DataFiles}) → {@code SourceListing} → its
 * {@link io.fovea.source.PictureReading} hands out the bytes of each picture, in the order listed.
 *
 * <p>Invariant: a listing depends on the files alone, in an order that every machine finds; nothing is left out silently.
 */
package io.fovea.source;
