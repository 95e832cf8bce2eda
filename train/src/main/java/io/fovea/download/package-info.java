/**
 * Published files fetched as a whole: from mirrors, with progress, going on where a download stopped, checked before they take their
 * name.
 *
 * <p>Main types: {@link io.fovea.download.Download} (fetches), {@link io.fovea.download.RemoteFile} (what is right), {@link io.fovea.download.Hosts}
 * (who may be asked), {@link io.fovea.download.Requests} (asks, and goes where it is sent on).
 *
 * <p>Flow: address + checksum → {@code name.part} → {@code name}; a file that has its name is complete.
 */
package io.fovea.download;
