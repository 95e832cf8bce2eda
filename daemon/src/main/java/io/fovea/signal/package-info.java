/** What tells a process to end, heard before its JVM begins to. */
package io.fovea.signal;
