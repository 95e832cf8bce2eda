/**
 * Published files fetched as a whole: from mirrors, with progress, going on where a download stopped, checked before they take their
 * name.
 *
 * <p>Main types: {@link io.fovea.download.Download} (fetches), {@link io.fovea.download.RemoteFile} (what is right).
 *
 * <p>Flow: address + checksum → {@code name.part} → {@code name}; a file that has its name is complete.
 */
package io.fovea.download;
